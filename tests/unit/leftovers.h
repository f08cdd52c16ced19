/* leftovers.h - what a test may not leave behind: open descriptors, and mapped files of
 * index_file.h. Sanitizers and valgrind see to memory. */
#ifndef LEFTOVERS_H
#define LEFTOVERS_H

/* To be called at the beginning and the end of a test:
 *	tcase_add_checked_fixture(tests, leftovers_remember, leftovers_must_be_none);
 */
void leftovers_remember(void);
void leftovers_must_be_none(void);

#endif
