/* SPDX-License-Identifier: MIT
 *
 * `farthing batch new-key` and `rotate`: the paper's key and the one that will
 * follow it.
 *
 * The next key is made together with the first, because each batch announces
 * it: whoever steals the key in use cannot put one of his own in its place.
 * Both lie side by side, so that whoever keeps the one keeps the other.
 *
 *	FILE		secret key in use	FILE.pub	its public key
 *	FILE.next	the one to follow	FILE.next.pub	its public key
 *	FILE.old-N	those that were in use, with their .pub
 */
#include "app/command_batch.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/passphrase.h"
#include "base/arena.h"
#include "base/buf.h"
#include "sys/file.h"
#include "sys/random.h"

enum { KEY_ARENA = 64 * 1024, OLD_MOST = 1000 };

/* FILE with an ending, as a path. */
static struct str path_of(struct arena *a, const char *file, const char *end)
{
	return arena_printf(a, "%s%s", file, end);
}

static enum rc write_file(
    struct str path, struct buf *b, unsigned mode, struct err *err)
{
	enum rc rc = buf_rc(b);

	if (rc != RC_OK)
		return err_set(err, rc, "%.*s: no memory", STR_ARG(path));
	return file_write(path, buf_str(b), mode, err);
}

/* Makes a key pair and its two files. */
static enum rc make_pair(struct arena *a, const char *file, const char *end,
    struct str passphrase, unsigned memory, struct minisign_key *ret_key,
    struct err *err)
{
	uint8_t seed[MINISIGN_KEY], id[MINISIGN_ID], salt[MINISIGN_SALT];
	struct str path = path_of(a, file, end);
	struct minisign_sealed sealed;
	struct minisign_secret secret;
	struct buf b;
	enum rc rc;

	random_bytes(seed, sizeof(seed));
	random_bytes(id, sizeof(id));
	random_bytes(salt, sizeof(salt));
	minisign_secret_make(seed, id, &secret);
	explicit_bzero(seed, sizeof(seed));
	rc = minisign_seal(&secret, passphrase, salt, memory, &sealed, err);
	if (rc == RC_NO_MEMORY)
		rc = err_prefix(err, rc, "try --memory 64: ");
	buf_init(&b, MINISIGN_FILE_MAX);
	if (rc == RC_OK) {
		minisign_sealed_write(&b, &sealed);
		rc = write_file(path, &b, 0600, err);
	}
	if (rc == RC_OK) {
		buf_clear(&b);
		minisign_key_write(&b, &secret.key);
		rc = write_file(
		    arena_printf(a, "%.*s.pub", STR_ARG(path)), &b, 0644, err);
	}
	*ret_key = secret.key;
	minisign_secret_wipe(&secret);
	buf_done(&b);
	return rc;
}

static enum rc read_memory(
    const struct option *options, unsigned *ret_memory, struct err *err)
{
	uint64_t memory;
	enum rc rc = option_number(options, "memory", MINISIGN_MEMORY_MOST,
	    MINISIGN_MEMORY_MOST, &memory, err);

	if (rc == RC_OK && memory < MINISIGN_MEMORY_LEAST)
		rc = err_set(err, RC_INVALID, "--memory is at least %d",
		    MINISIGN_MEMORY_LEAST);
	if (rc == RC_OK)
		*ret_memory = (unsigned)memory;
	return rc;
}

/* Says what was made and what to do with it. */
static void tell_keys(const char *file, const struct minisign_key *key,
    const struct minisign_key *next)
{
	batch_print_key("key", minisign_key_hash(key));
	batch_print_key("next key", minisign_key_hash(next));
	printf("\nKeep these together, in two places, and never on the "
	       "server:\n  %s\n  %s.next\n"
	       "Public, to be shown and printed:\n  %s.pub\n  %s.next.pub\n",
	    file, file, file, file);
}

static enum rc new_key(struct arena *a, const char *file,
    const struct option *options, struct err *err)
{
	static const char *const ends[] = {"", ".pub", ".next", ".next.pub"};
	struct minisign_key key, next;
	struct passphrase passphrase;
	unsigned memory = 0;
	enum rc rc = read_memory(options, &memory, err);

	for (size_t i = 0; i < 4 && rc == RC_OK; i++)
		if (file_kind(path_of(a, file, ends[i])) != FILE_NONE)
			rc = err_set(err, RC_EXISTS,
			    "%s%s is there already: a key is never written "
			    "over; choose another name",
			    file, ends[i]);
	if (rc == RC_OK)
		rc = passphrase_read(option_value(options, "passphrase-file"),
		    "Passphrase for the new keys", true, &passphrase, err);
	if (rc != RC_OK)
		return rc;
	rc = make_pair(
	    a, file, "", passphrase_str(&passphrase), memory, &key, err);
	if (rc == RC_OK)
		rc = make_pair(a, file, ".next", passphrase_str(&passphrase),
		    memory, &next, err);
	passphrase_wipe(&passphrase);
	if (rc == RC_OK)
		tell_keys(file, &key, &next);
	return rc;
}

static enum rc copy_file(struct arena *a, struct str from, struct str to,
    unsigned mode, struct err *err)
{
	struct str bytes;
	enum rc rc = file_read(a, from, MINISIGN_FILE_MAX, &bytes, err);

	return rc == RC_OK ? file_write(to, bytes, mode, err) : rc;
}

/* Opens the next key, to know that it is good before the old one goes. */
static enum rc open_next(struct arena *a, const char *file,
    struct str passphrase, struct minisign_key *ret_key, struct err *err)
{
	struct str path = path_of(a, file, ".next");
	struct minisign_sealed sealed;
	struct minisign_secret secret;
	struct str bytes;
	enum rc rc = file_read(a, path, MINISIGN_FILE_MAX, &bytes, err);

	if (rc == RC_OK)
		rc = minisign_sealed_parse(bytes, &sealed, err);
	if (rc == RC_OK)
		rc = minisign_unseal(&sealed, passphrase, &secret, err);
	if (rc != RC_OK)
		return err_prefix(err, rc, "%.*s: ", STR_ARG(path));
	*ret_key = secret.key;
	minisign_secret_wipe(&secret);
	return RC_OK;
}

/* Keeps FILE as FILE.old-N and puts FILE.next in its place. Each step writes a
 * whole file; whatever was there is also elsewhere until the last. */
static enum rc move_keys(struct arena *a, const char *file, struct err *err)
{
	struct str old = STR_NONE;
	enum rc rc;

	for (int i = 1; i <= OLD_MOST && !old.p; i++) {
		struct str name = arena_printf(a, "%s.old-%d", file, i);

		if (file_kind(name) == FILE_NONE)
			old = name;
	}
	if (!old.p)
		return err_set(
		    err, RC_LIMIT, "%s has been rotated too often", file);
	rc = copy_file(a, path_of(a, file, ".pub"),
	    arena_printf(a, "%.*s.pub", STR_ARG(old)), 0644, err);
	if (rc == RC_OK)
		rc = copy_file(a, path_of(a, file, ""), old, 0600, err);
	if (rc == RC_OK)
		rc = copy_file(a, path_of(a, file, ".next"),
		    path_of(a, file, ""), 0600, err);
	if (rc == RC_OK)
		rc = copy_file(a, path_of(a, file, ".next.pub"),
		    path_of(a, file, ".pub"), 0644, err);
	return rc;
}

/* A rotation that was broken off has put FILE.next in place already. */
static bool is_half_done(struct arena *a, const char *file)
{
	struct str in_use, next;

	return file_read(a, path_of(a, file, ""), MINISIGN_FILE_MAX, &in_use,
		   NULL) == RC_OK &&
	       file_read(a, path_of(a, file, ".next"), MINISIGN_FILE_MAX, &next,
		   NULL) == RC_OK &&
	       str_eq(in_use, next);
}

static enum rc rotate(struct arena *a, const char *file,
    const struct option *options, struct err *err)
{
	struct minisign_key key, announced, next;
	struct passphrase passphrase;
	unsigned memory = 0;
	enum rc rc = read_memory(options, &memory, err);

	if (rc == RC_OK)
		rc = batch_read_key(
		    a, path_of(a, file, ".next.pub"), &announced, err);
	if (rc == RC_OK)
		rc = passphrase_read(option_value(options, "passphrase-file"),
		    "Passphrase of the keys", false, &passphrase, err);
	if (rc != RC_OK)
		return rc;
	rc = open_next(a, file, passphrase_str(&passphrase), &key, err);
	if (rc == RC_OK && !minisign_key_eq(&key, &announced))
		rc = err_set(err, RC_INVALID,
		    "%s.next and %s.next.pub are not a pair", file, file);
	if (rc == RC_OK && !is_half_done(a, file))
		rc = move_keys(a, file, err);
	else if (rc == RC_OK)
		rc = copy_file(a, path_of(a, file, ".next.pub"),
		    path_of(a, file, ".pub"), 0644, err);
	if (rc == RC_OK)
		rc = make_pair(a, file, ".next", passphrase_str(&passphrase),
		    memory, &next, err);
	passphrase_wipe(&passphrase);
	if (rc != RC_OK)
		return rc;
	tell_keys(file, &key, &next);
	printf("\nSign the next batch with %s and install it: the server takes "
	       "the new\nkey because the batches before announced it.\n",
	    file);
	return RC_OK;
}

static int run(const char *name, int argc, char **argv,
    enum rc (*fn)(struct arena *a, const char *file,
	const struct option *options, struct err *err))
{
	struct option options[] = {
	    {.name = "passphrase-file", .has_value = true},
	    {.name = "memory", .has_value = true}, {0}};
	struct words words;
	struct arena *a;
	struct err err;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return batch_usage(name, &err);
	if (words.n != 1)
		return batch_usage(name, NULL);
	if (random_start() != RC_OK) {
		err_set(&err, RC_IO, "this machine has no random numbers");
		return batch_failed(name, &err);
	}
	a = arena_new(KEY_ARENA);
	rc = fn(a, words.v[0], options, &err);
	arena_free(a);
	return rc == RC_OK ? EXIT_DONE : batch_failed(name, &err);
}

int batch_new_key(int argc, char **argv)
{
	return run("new-key", argc, argv, new_key);
}

int batch_rotate(int argc, char **argv)
{
	return run("rotate", argc, argv, rotate);
}
