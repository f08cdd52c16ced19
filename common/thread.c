/* thread.c - a pthread_create() that chooses. */
#include "thread.h"

/* Several times what the deepest calls take, with sanitizers too. It is address space: only what is
 * touched costs memory. */
#define STACK_SIZE ((size_t)1024 * 1024)

int
thread_start(pthread_t *thread, void *(*run)(void *arg), void *arg)
{
	pthread_attr_t attributes;
	int error = pthread_attr_init(&attributes);

	if (error != 0)
		return error;
	error = pthread_attr_setstacksize(&attributes, STACK_SIZE);
	if (error == 0)
		error = pthread_create(thread, &attributes, run, arg);
	pthread_attr_destroy(&attributes);
	return error;
}
