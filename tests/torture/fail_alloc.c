/* fail_alloc.c - hides running out of memory: a library to be preloaded (LD_PRELOAD), with
 * which malloc() and its kin fail when it is their turn. By the environment:
 *
 *	FAIL_ALLOC_FIRST=N    the N-th allocation fails, counted from 1; none, if not given
 *	FAIL_ALLOC_COUNT=K    and those after it, K in all; default 1
 *	FAIL_ALLOC_STATE=FILE where to count, and where N and K can be changed later (struct
 *	                      state): a file that is long enough
 *
 * Needs glibc, whose own allocator it calls, and cannot be used with a sanitizer or
 * valgrind, which replace the allocator too. */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* As tests/torture/preload.py reads it. */
struct state {
	_Atomic uint64_t calls;  /* allocations asked for */
	_Atomic uint64_t failed; /* of these, made to fail */
	_Atomic int64_t live;    /* blocks allocated and not freed */
	_Atomic uint64_t first;  /* the call that fails; 0: none does */
	_Atomic uint64_t count;  /* and how many do */
};

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static struct state own_state, *state = &own_state;

static uint64_t
number_from(const char *name, uint64_t otherwise)
{
	const char *value = getenv(name);

	return value != NULL ? strtoull(value, NULL, 10) : otherwise;
}

/* At the first allocation of all; there is one thread only. */
static void
initialize(void)
{
	const char *path = getenv("FAIL_ALLOC_STATE");
	int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
	void *map = MAP_FAILED;

	if (fd >= 0) {
		map = mmap(NULL, sizeof(*state), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		close(fd);
	}
	if (map != MAP_FAILED)
		state = map;
	state->count = number_from("FAIL_ALLOC_COUNT", 1);
	state->first = number_from("FAIL_ALLOC_FIRST", 0);
}

/* Is it the turn of this allocation? If so, errno is set. */
static int
fails(void)
{
	static int initialized;
	uint64_t call, first;

	/* the loader allocates before there is an environment */
	if (!initialized && environ != NULL) {
		initialized = 1;
		initialize();
	}
	call = atomic_fetch_add(&state->calls, 1) + 1;
	first = state->first;
	if (first == 0 || call < first || call - first >= state->count)
		return 0;
	atomic_fetch_add(&state->failed, 1);
	errno = ENOMEM;
	return 1;
}

static void *
counted(void *block)
{
	if (block != NULL)
		atomic_fetch_add(&state->live, 1);
	return block;
}

void *
malloc(size_t size)
{
	return fails() ? NULL : counted(__libc_malloc(size));
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : counted(__libc_calloc(n, size));
}

void *
realloc(void *block, size_t size)
{
	if (block == NULL)
		return malloc(size);
	if (size == 0) {
		free(block);
		return NULL;
	}
	return fails() ? NULL : __libc_realloc(block, size);
}

void *
reallocarray(void *block, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(block, bytes);
}

void *
memalign(size_t alignment, size_t size)
{
	return fails() ? NULL : counted(__libc_memalign(alignment, size));
}

void *
aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int
posix_memalign(void **block, size_t alignment, size_t size)
{
	int saved_errno = errno;

	*block = memalign(alignment, size);
	errno = saved_errno;
	return *block != NULL ? 0 : ENOMEM;
}

void
free(void *block)
{
	if (block != NULL)
		atomic_fetch_sub(&state->live, 1);
	__libc_free(block);
}
