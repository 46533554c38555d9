/* Sends prepared frames over thousands of open WebSockets when each is due, reads what comes, and times each reply.

   One thread; while it measures it spins instead of sleeping, so that waking it is not paid for by the server. Called
   through ctypes by storm.py. The sockets stay the caller's: it opened them, and closes them. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10, EVENTS = 512, SENDS = 64, LOOKED_AT = 256, READ = 1 << 18 };

struct peer {
    int fd;
    unsigned char *rest; /* the start of a frame whose end has not come */
    size_t kept;
};

struct storm {
    int epoll, count, lost;
    long long messages;
    struct peer *peers;
    unsigned char *buffer;
};

/* What is looked for in each message, and where its time is noted: `shot_of` gives a peer's shot, or -1. */
struct watch {
    const char *needle, *refusal;
    const int *shot_of;
    long long *got;
    int found, refused;
};

static long long now_ns(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

struct storm *storm_open(const int *fds, int count) {
    struct storm *storm = calloc(1, sizeof *storm);
    storm->peers = calloc(count, sizeof *storm->peers);
    storm->buffer = malloc(READ);
    storm->epoll = epoll_create1(0);
    storm->count = count;
    for (int i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        storm->peers[i].fd = fds[i];
        epoll_ctl(storm->epoll, EPOLL_CTL_ADD, fds[i], &event);
    }
    return storm;
}

void storm_close(struct storm *storm) {
    for (int i = 0; i < storm->count; i++) free(storm->peers[i].rest);
    close(storm->epoll);
    free(storm->buffer);
    free(storm->peers);
    free(storm);
}

static void lose(struct storm *storm, struct peer *peer) {
    epoll_ctl(storm->epoll, EPOLL_CTL_DEL, peer->fd, NULL);
    storm->lost++;
}

static void pong(struct peer *peer, const unsigned char *payload, size_t size) {
    unsigned char frame[6 + 125] = {0x80 | PONG, (unsigned char)(0x80 | size), 0, 0, 0, 0};
    memcpy(frame + 6, payload, size);
    send(peer->fd, frame, 6 + size, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void take_text(struct storm *storm, int number, const unsigned char *text, size_t size, struct watch *watch) {
    storm->messages++;
    size_t looked_at = size < LOOKED_AT ? size : LOOKED_AT;
    if (!memmem(text, looked_at, watch->needle, strlen(watch->needle))) {
        watch->refused += watch->refusal && memmem(text, looked_at, watch->refusal, strlen(watch->refusal)) != NULL;
        return;
    }
    if (!watch->got) {
        watch->found++;
    } else if (watch->shot_of[number] >= 0 && !watch->got[watch->shot_of[number]]) {
        watch->got[watch->shot_of[number]] = now_ns();
        watch->found++;
    }
}

/* Where the payload starts; 0 while the head is not whole. */
static size_t head(const unsigned char *data, size_t size, size_t *payload) {
    if (size < 2) return 0;
    *payload = data[1] & 0x7f;
    size_t more = *payload == 126 ? 2 : *payload == 127 ? 8 : 0;
    if (size < 2 + more) return 0;
    if (more) *payload = 0;
    for (size_t i = 0; i < more; i++) *payload = *payload << 8 | data[2 + i];
    return 2 + more;
}

static void take(struct storm *storm, int number, struct watch *watch) {
    struct peer *peer = &storm->peers[number];
    size_t kept = peer->kept, at = 0, payload = 0, start;
    if (kept) memcpy(storm->buffer, peer->rest, kept);
    ssize_t size = recv(peer->fd, storm->buffer + kept, READ - kept, MSG_DONTWAIT);
    if (size <= 0) {
        if (size == 0 || errno != EAGAIN) lose(storm, peer);
        return;
    }
    size_t end = kept + size;
    while ((start = head(storm->buffer + at, end - at, &payload)) && at + start + payload <= end) {
        const unsigned char *body = storm->buffer + at + start;
        int opcode = storm->buffer[at] & 0x0f;
        if (opcode == TEXT) take_text(storm, number, body, payload, watch);
        if (opcode == PING && payload <= 125) pong(peer, body, payload);
        at += start + payload;
        if (opcode == CLOSE) {
            lose(storm, peer);
            break;
        }
    }
    peer->kept = end - at;
    if (!peer->kept) return;
    peer->rest = realloc(peer->rest, peer->kept);
    memcpy(peer->rest, storm->buffer + at, peer->kept);
}

static void read_all(struct storm *storm, struct watch *watch, int timeout_ms) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(storm->epoll, events, EVENTS, timeout_ms);
    for (int i = 0; i < ready; i++) take(storm, events[i].data.u32, watch);
}

/* Shot k is the bytes starts[k]..starts[k+1] to peer who[k], due_ns[k] after the start, in that order; at most one for
   each peer. Gives the number of replies; their times and those of sending are in `got` (0: none) and `sent`. */
int storm_fire(struct storm *storm, int shots, const char *frames, const int *starts, const int *who,
               const long long *due_ns, const char *needle, const char *refusal, double patience_s, long long *sent,
               long long *got, int *refused) {
    int *shot_of = malloc(storm->count * sizeof *shot_of), next = 0;
    for (int i = 0; i < storm->count; i++) shot_of[i] = -1;
    for (int k = 0; k < shots; k++) shot_of[who[k]] = k, got[k] = 0;
    struct watch watch = {needle, refusal, shot_of, got, 0, 0};
    long long start = now_ns() + 1000000, now = start;
    long long deadline = start + due_ns[shots - 1] + (long long)(patience_s * 1e9);
    while (watch.found + watch.refused < shots && now < deadline && storm->lost < storm->count) {
        now = now_ns();
        for (int sends = 0; next < shots && sends < SENDS && start + due_ns[next] <= now; sends++, next++) {
            int size = starts[next + 1] - starts[next];
            sent[next] = now_ns();
            if (send(storm->peers[who[next]].fd, frames + starts[next], size, MSG_DONTWAIT | MSG_NOSIGNAL) != size)
                storm->lost++;
        }
        read_all(storm, &watch, 0);
    }
    free(shot_of);
    *refused = watch.refused;
    return watch.found;
}

/* Reads until so many messages with the needle have come, from whomever, or the time is over; gives how many came. */
int storm_await(struct storm *storm, const char *needle, int wanted, double patience_s) {
    struct watch watch = {needle, NULL, NULL, NULL, 0, 0};
    long long deadline = now_ns() + (long long)(patience_s * 1e9);
    while (watch.found < wanted && now_ns() < deadline && storm->lost < storm->count) read_all(storm, &watch, 1);
    return watch.found;
}

long long storm_messages(const struct storm *storm) { return storm->messages; }
int storm_lost(const struct storm *storm) { return storm->lost; }
