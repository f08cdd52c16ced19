/* options.h - what charfinderd has been told on its command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "charindex.h"
#include "listen_set.h"
#include "log_level.h"
#include "option_words.h"

struct options {
	struct listen_name *listens; /* owned */
	unsigned listen_count;
	struct address_network *trusted_proxies; /* owned */
	unsigned trusted_count;
	bool listen_inherited; /* on sockets from the service manager, which must be there */
	const char *index;     /* path */
	const char *synonyms;  /* path, or NULL */
	enum charindex_mode mode;
	const char *http_base;            /* of the paths over HTTP; "": none */
	const char *user;                 /* to become when the sockets are open; NULL: nobody else */
	unsigned workers;                 /* 0: as many as there is work for */
	unsigned max_clients;             /* 0: as many as there are descriptors for */
	unsigned max_clients_per_address; /* 0: no limit */
	unsigned max_rate_per_address;    /* queries a second; 0: no limit */
	unsigned cache;                   /* bytes of each worker; 0: none */
	unsigned idle_timeout, line_timeout, answer_timeout; /* seconds; 0: none */
	unsigned shutdown_timeout;                           /* seconds */
	enum log_level log;                                  /* how much of it */
	struct option_words words;                           /* what has been read */
	const char *probe; /* where to ask whether a daemon is well, and nothing else; or NULL */
	bool check;
	bool help;
	bool version;
};

#define OPTIONS_VARIABLE "CHARFINDERD_OPTIONS"

/* Where to listen when nothing is said. */
#define OPTIONS_DEFAULT_ADDRESS "127.0.0.1"
#define OPTIONS_DEFAULT_PORT "2323"

/* Reads the command line, with the options in OPTIONS_VARIABLE before it. Ends the program with a
 * one-line error and exit status 2 if it is wrong. */
void options_parse(struct options *options, int argc, char **argv);

/* Is an address given for the face? */
bool options_listen(const struct options *options, const struct face *face);

/* Where to speak the first face when no address is given for it, nor a socket by the service
 * manager. */
const struct listen_name *options_default_listen(void);

void options_release(struct options *options);

/* Prints the help text to standard output. */
void options_print_help(void);

#endif
