/* queue.h - lists whose links are in their elements, by the names that BSD gave them, for not every C
 * library has <sys/queue.h>. A list (LIST_) knows its first element, and each element what points to
 * it, so that any can leave; a queue (TAILQ_) also knows its end. Nothing is allocated; an element is
 * in one list by one link. `field` is the name of the link in the element. */
#ifndef QUEUE_H
#define QUEUE_H

#include <stddef.h>

/* ---- lists ------------------------------------------------------------------- */

#define LIST_HEAD(name, type) \
	struct name { \
		struct type *first; \
	}
#define LIST_ENTRY(type) \
	struct { \
		struct type *next; \
		struct type **here; /* what points to this element */ \
	}

#define LIST_INIT(list) ((void)((list)->first = NULL))
#define LIST_FIRST(list) ((list)->first)
#define LIST_NEXT(element, field) ((element)->field.next)
#define LIST_FOREACH(element, list, field) \
	for ((element) = (list)->first; (element) != NULL; (element) = (element)->field.next)

#define LIST_INSERT_HEAD(list, element, field) \
	do { \
		(element)->field.next = (list)->first; \
		(element)->field.here = &(list)->first; \
		if ((list)->first != NULL) \
			(list)->first->field.here = &(element)->field.next; \
		(list)->first = (element); \
	} while (0)

#define LIST_REMOVE(element, field) \
	do { \
		*(element)->field.here = (element)->field.next; \
		if ((element)->field.next != NULL) \
			(element)->field.next->field.here = (element)->field.here; \
	} while (0)

/* ---- queues ------------------------------------------------------------------ */

#define TAILQ_HEAD(name, type) \
	struct name { \
		struct type *first; \
		struct type **end; /* where the next element is to be pointed to from */ \
	}
#define TAILQ_HEAD_INITIALIZER(queue) \
	{ \
		NULL, &(queue).first \
	}
#define TAILQ_ENTRY(type) \
	struct { \
		struct type *next; \
		struct type **here; \
	}

#define TAILQ_INIT(queue) ((void)((queue)->first = NULL, (queue)->end = &(queue)->first))
#define TAILQ_EMPTY(queue) ((queue)->first == NULL)
#define TAILQ_FIRST(queue) ((queue)->first)
#define TAILQ_NEXT(element, field) ((element)->field.next)
#define TAILQ_FOREACH(element, queue, field) \
	for ((element) = (queue)->first; (element) != NULL; (element) = (element)->field.next)

#define TAILQ_INSERT_TAIL(queue, element, field) \
	do { \
		(element)->field.next = NULL; \
		(element)->field.here = (queue)->end; \
		*(queue)->end = (element); \
		(queue)->end = &(element)->field.next; \
	} while (0)

#define TAILQ_INSERT_HEAD(queue, element, field) \
	do { \
		(element)->field.next = (queue)->first; \
		(element)->field.here = &(queue)->first; \
		if ((queue)->first != NULL) \
			(queue)->first->field.here = &(element)->field.next; \
		else \
			(queue)->end = &(element)->field.next; \
		(queue)->first = (element); \
	} while (0)

/* Is it in a queue? One that is all zero is in none. */
#define TAILQ_IS_QUEUED(element, field) ((element)->field.here != NULL)

#define TAILQ_REMOVE(queue, element, field) \
	do { \
		*(element)->field.here = (element)->field.next; \
		if ((element)->field.next != NULL) \
			(element)->field.next->field.here = (element)->field.here; \
		else \
			(queue)->end = (element)->field.here; \
		(element)->field.here = NULL; \
	} while (0)

/* All of `from`, which is empty then, behind all of `queue`. */
#define TAILQ_CONCAT(queue, from, field) \
	do { \
		if ((from)->first != NULL) { \
			*(queue)->end = (from)->first; \
			(from)->first->field.here = (queue)->end; \
			(queue)->end = (from)->end; \
			TAILQ_INIT(from); \
		} \
	} while (0)

#endif
