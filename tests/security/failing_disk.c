/* Makes the k-th write, truncation or sync of the vault's files fail; what the test sets decides which, and how. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

int mia_fail_at = 0; /* 0: nothing fails */
int mia_fail_with = EIO;
int mia_calls = 0;

static int of_the_vault(int fd) {
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, name, sizeof name - 1);
    if (size < 0) return 0;
    name[size] = 0;
    return strstr(name, "/vault") != NULL;
}

static int fails(int fd) {
    if (!mia_fail_at || !of_the_vault(fd)) return 0;
    if (++mia_calls != mia_fail_at) return 0;
    errno = mia_fail_with;
    return 1;
}

#define WRAP(type, name, parameters, arguments)                                        \
    type name parameters {                                                             \
        static type(*real) parameters;                                                 \
        if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name);                 \
        return fails(fd) ? -1 : real arguments;                                        \
    }

WRAP(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
WRAP(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at))
WRAP(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
WRAP(int, fsync, (int fd), (fd))
WRAP(int, fdatasync, (int fd), (fd))
WRAP(int, ftruncate, (int fd, off_t size), (fd, size))
WRAP(int, ftruncate64, (int fd, off64_t size), (fd, size))
