/* options.h - what charfinder has been told on its command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "charindex.h"

/* What is for terminals: colours, progress. */
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* What is listed, each with how many there are of it. */
enum listing {
	LISTING_NONE,
	LISTING_BLOCKS,
	LISTING_SCRIPTS,
	LISTING_CATEGORIES,
	LISTING_LANGUAGES,
	LISTING_PROPERTIES,
};

struct strbuf;
struct synonyms;

struct options {
	const char *index; /* path */
	char *query;       /* the words, with a space between each two; whoever sets it frees it */
	struct charindex_settings settings; /* all but the language */
	const char *language; /* as it was given, or NULL; only the index knows which there are */
	enum charindex_format format;
	enum charindex_format rows;      /* in which rows are taken: TSV also for text on a terminal */
	bool terminal;                   /* text goes to one */
	const char *row_template;        /* what is printed of each (row_template.h), or NULL */
	bool copy;                       /* the characters of the first row, to the clipboard */
	const struct synonyms *synonyms; /* one's own, or NULL; whoever sets them owns them */
	struct strbuf *first; /* where they are kept until then, or NULL; whoever sets it owns it */
	bool all_forms;
	enum when color;
	bool mode_given; /* and not the default */
	bool details;    /* all that is known of each row */
	bool about;      /* queries are characters, of each of which all is told */
	/* a server that is asked, or NULL: HOST or HOST:PORT */
	const char *server;
	/* many queries */
	bool batch;
	const char *list;     /* path, or NULL: standard input */
	unsigned connections; /* or threads */
	unsigned pipeline;    /* queries in flight on each */
	bool unordered;
	const char *output; /* directory, or NULL: standard output */
	unsigned retries, timeout /* s */, rate /* a second; 0: any */;
	unsigned repeat;  /* times in all; 0: until `seconds` have passed */
	unsigned seconds; /* 0: not limited */
	bool fail_early, quiet, verbose;
	enum when progress;
	bool identify; /* standard input, instead of searching */
	bool summary;  /* and each of its characters once */
	/* instead of either */
	enum listing listing;
	const char *table; /* a block, as a query names it, or NULL */
	bool check;        /* files, for what a reader cannot see */
	bool help;
	bool version;
};

/* The exit statuses of a search; of a check, what is wrong is found with 1. */
enum { EXIT_FOUND = 0, EXIT_NOT_FOUND = 1, EXIT_ERROR = 2 };

/* Reads the command line: the words are argv[optind] and what follows. Ends the program with
 * a one-line error and EXIT_ERROR if it is wrong. */
void options_parse(struct options *options, int argc, char **argv);

void options_print_help(void);

#endif
