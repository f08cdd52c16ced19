/* category_name.h - what general categories are called (UAX #44, table 12). */
#ifndef CATEGORY_NAME_H
#define CATEGORY_NAME_H

#include "charindex.h"

/* "Uppercase letter" for Lu. */
const char *category_name(struct charindex_text code);

#endif
