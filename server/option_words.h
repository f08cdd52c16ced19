/* option_words.h - a command line with options from a variable of the environment, for containers and
 * units, where it is written by somebody else than who runs it. */
#ifndef OPTION_WORDS_H
#define OPTION_WORDS_H

struct option_words {
	int argc;
	char **argv; /* owned; ends with NULL, as that of main() */
	char *text;  /* owned: the words of the variable */
};

/* Puts the words of the variable, which white space parts, between the program's name and its
 * arguments, so that of an option that is given twice that of the command line counts. Ends the
 * program without memory. `argv` must outlive it. */
void option_words_init(struct option_words *words, const char *variable, int argc, char **argv);

void option_words_release(struct option_words *words);

#endif
