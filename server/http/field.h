/* field.h - what the values of some header fields say. Each line of a field is given by itself:
 * several of them are one list (RFC 9110, section 5.3). */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Accept-Encoding (RFC 9110, section 12.5.3) ------------------------------------------ */

/* The weights of what matters to us, as thousandths and 1; 0 is what was not named. All zero is
 * a request without the field. */
struct field_encodings {
	uint16_t gzip;
	uint16_t identity;
	uint16_t others; /* "*" */
};

/* Adds what a line says. Of two weights for the same the lower one counts; an element that is
 * malformed, or unknown, says nothing. */
void field_read_encodings(struct field_encodings *encodings, const char *value, size_t length);

/* May the answer be gzipped, and is that no worse than to leave it as it is? */
bool field_prefers_gzip(const struct field_encodings *encodings);

/* ---- Accept-Language (RFC 9110, section 12.5.4) ------------------------------------------ */

/* More are passed over. */
#define FIELD_MAX_LANGUAGES 8

/* The best first; of equal ones that which stands first. All zero is a request without the field. */
struct field_languages {
	unsigned count;
	struct field_language {
		const char *tag; /* in the value, not NUL-terminated, nor known to be a tag */
		size_t length;
		int weight; /* thousandths, at least 1 */
	} list[FIELD_MAX_LANGUAGES];
};

/* Adds what a line says, but for "*". */
void field_read_languages(struct field_languages *languages, const char *value, size_t length);

/* ---- Connection (RFC 9110, section 7.6.1) ------------------------------------------------ */

/* Is `token`, in lower case, in the list? */
bool field_has_token(const char *value, size_t length, const char *token);

/* ---- If-None-Match (RFC 9110, section 13.1.2) -------------------------------------------- */

/* Is `tag`, with its quotation marks and without W/, in the list by weak comparison, or is the
 * value "*"? */
bool field_has_tag(const char *value, size_t length, const char *tag);

/* ---- Content-Length (RFC 9110, section 8.6) ---------------------------------------------- */

/* Is it a number, and not 0? */
bool field_promises_body(const char *value, size_t length);

#endif
