/* A disk that fails on demand: what a process asks of the system below one folder is counted, noted, refused, or the last
 * thing that it does. Preloaded (LD_PRELOAD), so that SQLite and Chroma's own library are seen too. See disk.py.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FAIL_ONCE = 1, FAIL_FROM = 2, KILL = 3 };
enum { GROWS = 1, OTHER = 0 };

static struct {
    char root[PATH_MAX];
    size_t length;
    long at;    /* the operation that fails, counted from 1; 0: none */
    int mode, error, note;
} plan = {.note = -1};
static long *done; /* shared with the children of this process */

__attribute__((constructor)) static void begin(void)
{
    done = mmap(NULL, sizeof *done, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

/* From now on, count what happens below a folder; note it in an open file where that is not -1. */
void faulty_arm(const char *root, long at, int mode, int error, int note)
{
    *done = 0;
    plan.length = 0;
    strncpy(plan.root, root, sizeof plan.root - 1);
    plan.at = at, plan.mode = mode, plan.error = error, plan.note = note;
    plan.length = strlen(plan.root);
}

void faulty_disarm(void) { plan.length = 0; }

long faulty_count(void) { return *done; }

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static ssize_t written(int file, const char *text, size_t size)
{
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    return real(file, text, size);
}

static int is_below(const char *path)
{
    return plan.length && !strncmp(path, plan.root, plan.length) && (path[plan.length] == '/' || !path[plan.length]);
}

/* The absolute path of a name in an open folder. */
static const char *whole(int folder, const char *name, char *room)
{
    char base[PATH_MAX], link[64];
    ssize_t size;
    if (name[0] == '/') return name;
    if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return name;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        if ((size = readlink(link, base, sizeof base - 1)) < 0) return name;
        base[size] = 0;
    }
    snprintf(room, 2 * PATH_MAX, "%s/%s", base, name);
    return room;
}

/* Count one operation. Nonzero, with errno, where it must fail. */
static int refused(const char *kind, const char *path, const char *other, int grows)
{
    char line[4 * PATH_MAX + 64];
    long number;
    int kept = errno, size, is_it;
    if (!is_below(path) && !(other && is_below(other))) return 0;
    number = __atomic_add_fetch(done, 1, __ATOMIC_SEQ_CST);
    if (plan.note >= 0) {
        size = snprintf(line, sizeof line, "%ld\t%s\t%s\t%s\n", number, kind, path, other ? other : "");
        written(plan.note, line, size);
    }
    errno = kept;
    is_it = plan.at && (plan.mode == FAIL_FROM ? grows && number >= plan.at : number == plan.at);
    if (!is_it) return 0;
    if (plan.mode == KILL) kill(getpid(), SIGKILL);
    errno = plan.error;
    return 1;
}

static int refused_file(const char *kind, int file, int grows)
{
    char link[64], path[PATH_MAX];
    ssize_t size;
    int kept = errno;
    if (!plan.length) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    size = readlink(link, path, sizeof path - 1);
    errno = kept;
    if (size < 0) return 0;
    path[size] = 0;
    return refused(kind, path, NULL, grows);
}

static int refused_name(const char *kind, int folder, const char *name, int grows)
{
    char room[2 * PATH_MAX];
    return plan.length && refused(kind, whole(folder, name, room), NULL, grows);
}

static int refused_names(const char *kind, int one_folder, const char *one, int folder, const char *name)
{
    char room[2 * PATH_MAX], other[2 * PATH_MAX];
    return plan.length && refused(kind, whole(one_folder, one, room), whole(folder, name, other), OTHER);
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* Opening to read changes nothing; opening to write what is there already takes no room. */
static int refused_open(int folder, const char *name, int flags)
{
    if (!plan.length || ((flags & O_ACCMODE) == O_RDONLY && !(flags & O_CREAT))) return 0;
    int is_new = (flags & O_CREAT) && faccessat(folder, name, F_OK, 0) < 0;
    return refused_name(is_new ? "create" : "open", folder, name, is_new);
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
#define OPEN(name) int name(const char *path, int flags, ...) { \
    MODE REAL(name); return refused_open(AT_FDCWD, path, flags) ? -1 : real(path, flags, mode); }
#define OPENAT(name) int name(int folder, const char *path, int flags, ...) { \
    MODE REAL(name); return refused_open(folder, path, flags) ? -1 : real(folder, path, flags, mode); }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name) FILE *name(const char *path, const char *mode) { \
    REAL(name); return mode[0] != 'r' && refused_open(AT_FDCWD, path, O_WRONLY | O_CREAT) ? NULL : real(path, mode); }
FOPEN(fopen)
FOPEN(fopen64)

/* --- writing ------------------------------------------------------------------------------------------------------ */

#define ON_FILE(type, name, kind, grows, parameters, ...) type name parameters { \
    REAL(name); return refused_file(kind, file, grows) ? -1 : real(__VA_ARGS__); }
ON_FILE(ssize_t, write, "write", GROWS, (int file, const void *data, size_t size), file, data, size)
ON_FILE(ssize_t, pwrite, "write", GROWS, (int file, const void *data, size_t size, off_t at), file, data, size, at)
ON_FILE(ssize_t, pwrite64, "write", GROWS, (int file, const void *data, size_t size, off64_t at), file, data, size, at)
ON_FILE(ssize_t, writev, "write", GROWS, (int file, const struct iovec *parts, int count), file, parts, count)
ON_FILE(ssize_t, pwritev, "write", GROWS, (int file, const struct iovec *parts, int count, off_t at), file, parts, count, at)
ON_FILE(ssize_t, sendfile, "write", GROWS, (int file, int from, off_t *at, size_t size), file, from, at, size)
ON_FILE(ssize_t, sendfile64, "write", GROWS, (int file, int from, off64_t *at, size_t size), file, from, at, size)
ON_FILE(int, ftruncate, "ftruncate", OTHER, (int file, off_t size), file, size)
ON_FILE(int, ftruncate64, "ftruncate", OTHER, (int file, off64_t size), file, size)
ON_FILE(int, fallocate, "write", GROWS, (int file, int mode, off_t at, off_t size), file, mode, at, size)
ON_FILE(int, fallocate64, "write", GROWS, (int file, int mode, off64_t at, off64_t size), file, mode, at, size)
ON_FILE(int, fsync, "fsync", OTHER, (int file), file)
ON_FILE(int, fdatasync, "fsync", OTHER, (int file), file)

ssize_t copy_file_range(int from, off64_t *start, int file, off64_t *at, size_t size, unsigned flags)
{
    REAL(copy_file_range);
    return refused_file("write", file, GROWS) ? -1 : real(from, start, file, at, size, flags);
}

int posix_fallocate(int file, off_t at, off_t size)
{
    REAL(posix_fallocate);
    return refused_file("write", file, GROWS) ? errno : real(file, at, size);
}

size_t fwrite(const void *data, size_t size, size_t count, FILE *stream) /* its writing happens inside the C library */
{
    REAL(fwrite);
    return plan.length && refused_file("write", fileno(stream), GROWS) ? 0 : real(data, size, count, stream);
}

int fclose(FILE *stream)
{
    REAL(fclose);
    int is_refused = plan.length && (fcntl(fileno(stream), F_GETFL) & O_ACCMODE) != O_RDONLY &&
                     refused_file("close", fileno(stream), GROWS);
    int error = errno, result = real(stream);
    if (!is_refused) return result;
    errno = error;
    return EOF;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

#define IS_THERE(folder) (!faccessat(folder, path, F_OK, 0))
#define ON_NAME(name, kind, grows, parameters, folder, ...) int name parameters { \
    REAL(name); return refused_name(kind, folder, path, grows) ? -1 : real(__VA_ARGS__); }
ON_NAME(unlink, "unlink", OTHER, (const char *path), AT_FDCWD, path)
ON_NAME(unlinkat, "unlink", OTHER, (int folder, const char *path, int flags), folder, folder, path, flags)
ON_NAME(rmdir, "rmdir", OTHER, (const char *path), AT_FDCWD, path)
ON_NAME(mkdir, IS_THERE(AT_FDCWD) ? "open" : "mkdir", !IS_THERE(AT_FDCWD), (const char *path, mode_t mode), AT_FDCWD, path,
        mode)
ON_NAME(mkdirat, IS_THERE(folder) ? "open" : "mkdir", !IS_THERE(folder), (int folder, const char *path, mode_t mode), folder,
        folder, path, mode)
ON_NAME(truncate, "ftruncate", OTHER, (const char *path, off_t size), AT_FDCWD, path, size)
ON_NAME(symlink, "link", GROWS, (const char *to, const char *path), AT_FDCWD, to, path)

#define ON_NAMES(name, kind, parameters, one_folder, folder, ...) int name parameters { \
    REAL(name); return refused_names(kind, one_folder, one, folder, path) ? -1 : real(__VA_ARGS__); }
ON_NAMES(rename, "rename", (const char *one, const char *path), AT_FDCWD, AT_FDCWD, one, path)
ON_NAMES(renameat, "rename", (int from, const char *one, int to, const char *path), from, to, from, one, to, path)
ON_NAMES(renameat2, "rename", (int from, const char *one, int to, const char *path, unsigned flags), from, to, from, one,
         to, path, flags)
ON_NAMES(link, "link", (const char *one, const char *path), AT_FDCWD, AT_FDCWD, one, path)
ON_NAMES(linkat, "link", (int from, const char *one, int to, const char *path, int flags), from, to, from, one, to, path,
         flags)
