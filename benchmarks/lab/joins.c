/* Lets thousands come in, so many at a time: optionally a POST that gives a token, over a connection of its own as a
   phone would; then the upgrade; optionally a first frame and the reply to it. Times each from its first connect.

   One thread that spins. Called through ctypes by joins.py. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TOKEN = 2048, BUFFER = 16384, MOST_AT_ONCE = 1024 };
enum step { POST, UPGRADE, FIRST_FRAME };

/* NULL where a step is left out. The upgrade of number i is before[i] + the POST's token + after. */
struct plan {
    int port, count, at_once;
    const char **posts, **before;
    const char *after, *first_frame, *reply;
    int first_frame_size;
    double patience_s;
};

/* One that is on the way. */
struct slot {
    enum step step;
    int number, fd;
    size_t out_size, out_sent, in_size;
    char token[TOKEN], out[BUFFER], in[BUFFER + 1];
};

struct run {
    const struct plan *plan;
    int epoll, next, done, failed;
    int *fds;
    long long *began, *ended;
    char *complaint;
};

static long long now_ns(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static void reset(int fd) {
    struct linger now = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(fd);
}

/* Without a goodbye, so that the port is free at once. */
void joins_reset(const int *fds, int count) {
    for (int i = 0; i < count; i++) reset(fds[i]);
}

static void flush(struct run *run, struct slot *slot) {
    ssize_t sent = send(slot->fd, slot->out + slot->out_sent, slot->out_size - slot->out_sent, MSG_NOSIGNAL);
    if (sent > 0) slot->out_sent += sent;
    int is_sent = slot->out_sent == slot->out_size;
    struct epoll_event event = {.events = is_sent ? EPOLLIN : EPOLLIN | EPOLLOUT, .data.ptr = slot};
    epoll_ctl(run->epoll, EPOLL_CTL_MOD, slot->fd, &event);
}

static void dial(struct run *run, struct slot *slot) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(run->plan->port)};
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = slot};
    int one = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    slot->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(slot->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    connect(slot->fd, (struct sockaddr *)&address, sizeof address);
    epoll_ctl(run->epoll, EPOLL_CTL_ADD, slot->fd, &event);
    slot->out_sent = slot->in_size = 0;
}

static void ask_upgrade(struct run *run, struct slot *slot) {
    const struct plan *plan = run->plan;
    slot->step = UPGRADE;
    dial(run, slot);
    slot->out_size = snprintf(slot->out, BUFFER, "%s%s%s", plan->before[slot->number], slot->token, plan->after);
}

static void begin(struct run *run, struct slot *slot) {
    const struct plan *plan = run->plan;
    slot->fd = -1;
    if (run->next >= plan->count) return;
    slot->number = run->next++;
    slot->token[0] = 0;
    run->began[slot->number] = now_ns();
    run->fds[slot->number] = -1;
    if (!plan->posts) {
        ask_upgrade(run, slot);
        return;
    }
    slot->step = POST;
    dial(run, slot);
    slot->out_size = snprintf(slot->out, BUFFER, "%s", plan->posts[slot->number]);
}

static void end(struct run *run, struct slot *slot, const char *complaint) {
    if (complaint) {
        if (!run->failed++) snprintf(run->complaint, 256, "%.200s", complaint);
        reset(slot->fd);
    } else {
        epoll_ctl(run->epoll, EPOLL_CTL_DEL, slot->fd, NULL);
        run->fds[slot->number] = slot->fd;
        run->ended[slot->number] = now_ns();
        run->done++;
    }
    begin(run, slot);
}

/* A whole answer to the POST: keeps its token and goes on with the upgrade. */
static void take_seat(struct run *run, struct slot *slot) {
    char *body = strstr(slot->in, "\r\n\r\n"), *length = strcasestr(slot->in, "content-length:");
    if (!body || !length || slot->in_size < (size_t)(body + 4 - slot->in) + strtoul(length + 15, NULL, 10)) return;
    char *token = strstr(body, "\"token\""), *start = token ? strchr(token + 7, '"') : NULL;
    char *stop = start ? strchr(start + 1, '"') : NULL;
    if (!stop || stop - start > TOKEN) {
        end(run, slot, slot->in);
        return;
    }
    memcpy(slot->token, start + 1, stop - start - 1);
    slot->token[stop - start - 1] = 0;
    reset(slot->fd);
    ask_upgrade(run, slot);
}

static void take_upgrade(struct run *run, struct slot *slot) {
    const struct plan *plan = run->plan;
    char *rest = strstr(slot->in, "\r\n\r\n");
    if (!rest) return;
    if (strncmp(slot->in, "HTTP/1.1 101", 12) != 0) {
        end(run, slot, slot->in);
        return;
    }
    if (!plan->first_frame) {
        end(run, slot, NULL);
        return;
    }
    slot->step = FIRST_FRAME;
    slot->in_size = slot->out_sent = 0;
    slot->out_size = plan->first_frame_size;
    memcpy(slot->out, plan->first_frame, slot->out_size);
    flush(run, slot);
}

static void take(struct run *run, struct slot *slot) {
    ssize_t size = recv(slot->fd, slot->in + slot->in_size, BUFFER - slot->in_size, 0);
    if (size < 0 && errno == EAGAIN) return;
    if (size <= 0) {
        end(run, slot, size == 0 ? "the socket ended" : strerror(errno));
        return;
    }
    slot->in_size += size;
    slot->in[slot->in_size] = 0;
    if (slot->step == POST) {
        take_seat(run, slot);
    } else if (slot->step == UPGRADE) {
        take_upgrade(run, slot);
    } else if (memmem(slot->in, slot->in_size, run->plan->reply, strlen(run->plan->reply))) {
        end(run, slot, NULL);
    } else if (slot->in_size == BUFFER) {
        end(run, slot, "something else than the reply");
    }
}

/* Gives how many came in. Their sockets are in `fds` (-1: did not), the times in `began` and `ended`; the first
   failure's answer is in `complaint`, 256 bytes. */
int joins_run(const struct plan *plan, int *fds, long long *began, long long *ended, char *complaint) {
    struct run run = {plan, epoll_create1(0), 0, 0, 0, fds, began, ended, complaint};
    struct slot *slots = calloc(plan->at_once, sizeof *slots);
    struct epoll_event events[MOST_AT_ONCE];
    long long deadline = now_ns() + (long long)(plan->patience_s * 1e9);
    for (int i = 0; i < plan->at_once; i++) begin(&run, &slots[i]);
    while (run.done + run.failed < plan->count && now_ns() < deadline) {
        int ready = epoll_wait(run.epoll, events, MOST_AT_ONCE, 0);
        for (int i = 0; i < ready; i++) {
            struct slot *slot = events[i].data.ptr;
            if (slot->out_sent < slot->out_size) flush(&run, slot);
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) take(&run, slot);
        }
    }
    for (int i = 0; i < plan->at_once; i++)
        if (slots[i].fd >= 0) reset(slots[i].fd);
    close(run.epoll);
    free(slots);
    return run.done;
}
