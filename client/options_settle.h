/* options_settle.h - what follows from the options of a command line together. */
#ifndef OPTIONS_SETTLE_H
#define OPTIONS_SETTLE_H

struct options;

/* To be called behind options_parse(), with the same words. Sets what is not said but follows: the mode,
 * whether standard input is looked at, in which form rows are taken. Ends the program with a one-line
 * error that names the remedy, and EXIT_ERROR, if the options do not go with each other, or with the
 * words. */
void options_settle(struct options *options, int argc, char **argv);

#endif
