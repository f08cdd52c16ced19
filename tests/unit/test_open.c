/* test_open.c - opening an index, or what is none, and what is left after. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "allocations.h"
#include "leftovers.h"
#include "small_index.h"
#include "unit.h"
#include "unit_index.h"

static void
must_not_open(const char *path, int expected_errno)
{
	struct charindex *ci = (struct charindex *)1;
	enum charindex_err err;

	errno = 0;
	err = charindex_open(path, &ci);
	ck_assert_int_eq(err, CHARINDEX_ERR_OPEN);
	ck_assert_int_eq(errno, expected_errno);
	ck_assert_ptr_null(ci);
}

START_TEST(opens_and_verifies_the_real_index)
{
	struct charindex *ci;

	ck_assert_int_eq(charindex_open(unit_index_path(), &ci), CHARINDEX_OK);
	ck_assert_ptr_nonnull(ci);
	ck_assert_int_eq(charindex_verify(ci), CHARINDEX_OK);
	charindex_close(ci);
}
END_TEST

START_TEST(opens_the_same_index_many_times)
{
	struct charindex *ci[50];

	for (size_t i = 0; i < UNIT_COUNT(ci); i++)
		ck_assert_int_eq(charindex_open(unit_index_path(), &ci[i]), CHARINDEX_OK);
	for (size_t i = 0; i < UNIT_COUNT(ci); i++)
		charindex_close(ci[i]);
}
END_TEST

START_TEST(closing_nothing_is_allowed)
{
	charindex_close(NULL);
}
END_TEST

START_TEST(a_missing_file_is_an_error_with_errno)
{
	struct bytes path = { 0 };

	must_not_open("", ENOENT);
	must_not_open("no/such/index", ENOENT);
	bytes_printf(&path, "%s/below", unit_index_path());
	must_not_open(path.data, ENOTDIR);
	bytes_release(&path);
}
END_TEST

START_TEST(a_directory_is_an_error_with_errno)
{
	must_not_open(".", EISDIR);
	must_not_open("/", EISDIR);
}
END_TEST

START_TEST(a_device_or_a_pipe_is_an_error_with_errno)
{
	char path[32];
	int ends[2];

	must_not_open("/dev/null", EINVAL);
	ck_assert_int_eq(pipe(ends), 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]);
	must_not_open(path, EINVAL);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

/* As a user who may not read the file: root may. */
START_TEST(an_unreadable_file_is_an_error_with_errno)
{
	struct index_file file;
	int status;
	pid_t child;

	small_index_make(&file, 1000);
	ck_assert_int_eq(fchmod(file.fd, 0), 0);
	child = fork();
	if (child == 0) {
		struct charindex *ci;

		if (geteuid() == 0 && seteuid(65534) != 0)
			_exit(2);
		_exit(charindex_open(file.path, &ci) != CHARINDEX_ERR_OPEN || errno != EACCES);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	index_file_release(&file);
}
END_TEST

START_TEST(says_so_when_memory_runs_out)
{
	struct charindex *ci = (struct charindex *)1;
	enum charindex_err err;

	allocations_fail_at(1);
	err = charindex_open(unit_index_path(), &ci);
	ck_assert(allocations_have_failed());
	ck_assert_int_eq(err, CHARINDEX_ERR_MEMORY);
	ck_assert_ptr_null(ci);
}
END_TEST

START_TEST(verifying_says_so_when_memory_runs_out_wherever_that_is)
{
	bool failed = true;
	struct index_file file;
	struct charindex *ci;

	small_index_make(&file, 500);
	ck_assert_int_eq(charindex_open(file.path, &ci), CHARINDEX_OK);
	for (unsigned n = 1; failed; n++) {
		enum charindex_err err;

		allocations_fail_at(n);
		err = charindex_verify(ci);
		failed = allocations_have_failed();
		if (err != (failed ? CHARINDEX_ERR_MEMORY : CHARINDEX_OK))
			ck_abort_msg("allocation %u: %s", n, charindex_strerror(err));
	}
	charindex_close(ci);
	index_file_release(&file);
}
END_TEST

START_TEST(every_error_has_a_sentence_of_its_own)
{
	for (int a = CHARINDEX_OK; a <= CHARINDEX_ERR_MEMORY; a++)
		for (int b = CHARINDEX_OK; b < a; b++)
			ck_assert_str_ne(charindex_strerror((enum charindex_err)a),
			    charindex_strerror((enum charindex_err)b));
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_checked_fixture(tests, leftovers_remember, leftovers_must_be_none);
	tcase_add_test(tests, opens_and_verifies_the_real_index);
	tcase_add_test(tests, opens_the_same_index_many_times);
	tcase_add_test(tests, closing_nothing_is_allowed);
	tcase_add_test(tests, a_missing_file_is_an_error_with_errno);
	tcase_add_test(tests, a_directory_is_an_error_with_errno);
	tcase_add_test(tests, a_device_or_a_pipe_is_an_error_with_errno);
	tcase_add_test(tests, an_unreadable_file_is_an_error_with_errno);
	tcase_add_test(tests, says_so_when_memory_runs_out);
	tcase_add_test(tests, verifying_says_so_when_memory_runs_out_wherever_that_is);
	tcase_add_test(tests, every_error_has_a_sentence_of_its_own);
}

UNIT_MAIN("open", add_tests)
