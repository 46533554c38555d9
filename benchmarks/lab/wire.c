/* The generator's hot loop: reads the frames of many WebSockets, and notes when each got the event that is waited for.
 *
 * It spins (epoll without waiting) so that the server never pays for waking it up. It answers pings, and looks for the
 * event's name in the first bytes of each text frame; nothing else of a message is of interest here. While it waits it
 * may send probes: small commands at a fixed pace, whose answer another socket of the same small room gets. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOOKED_AT 512u
#define AT_ONCE 512

struct link {
    int fd;
    int room;          /* of the probes, -1: one of the crowd, -2: read and forgotten */
    int have;          /* bytes of the header, then of the payload's beginning */
    int in_payload;
    uint64_t left;     /* of the payload, from the socket */
    unsigned char head[10];
    int opcode;
    char seen[LOOKED_AT];
};

struct crowd {
    int epoll;
    int count;
    int lost;
    struct link *links;
};

/* Probe i is of room i % rooms unless that still waits; its frames take turns, so that each changes something. */
struct probes {
    int rooms;
    const int *senders;
    const char *const *frames;   /* two for each room */
    const int *sizes;
    const char *event;
    double every_s, until_more_s;
    int most;
    int sent;
    double *due_at, *got_at;
    int *waiting;                /* by room: which probe, or -1 */
    int *turn;
};

double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

struct crowd *crowd_open(const int *fds, const int *rooms, int count) {
    struct crowd *crowd = calloc(1, sizeof *crowd);
    crowd->links = calloc(count, sizeof *crowd->links);
    crowd->epoll = epoll_create1(EPOLL_CLOEXEC);
    crowd->count = count;
    for (int i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &crowd->links[i]};
        crowd->links[i].fd = fds[i];
        crowd->links[i].room = rooms[i];
        epoll_ctl(crowd->epoll, EPOLL_CTL_ADD, fds[i], &event);
    }
    return crowd;
}

void crowd_close(struct crowd *crowd) {
    close(crowd->epoll);
    free(crowd->links);
    free(crowd);
}

int crowd_lost(const struct crowd *crowd) { return crowd->lost; }

static void pong(struct link *link) {
    unsigned char frame[6 + 125] = {0x8a, 0x80 | link->have};   /* masked with zeros */
    memcpy(frame + 6, link->seen, link->have);
    send(link->fd, frame, 6 + link->have, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* Bytes of the header that are needed, as far as its beginning tells. */
static int head_size(const struct link *link) {
    if (link->have < 2) return 2;
    int size = link->head[1] & 0x7f;
    return size == 126 ? 4 : size == 127 ? 10 : 2;
}

static void begin_payload(struct link *link) {
    int size = head_size(link);
    link->left = link->head[1] & 0x7f;
    if (size > 2) {
        link->left = 0;
        for (int i = 2; i < size; i++) link->left = link->left << 8 | link->head[i];
    }
    link->opcode = link->head[0] & 0x0f;
    link->in_payload = 1;
    link->have = 0;
}

/* Takes bytes; 1 when among the frames that they end is one with the event. */
static int take(struct link *link, const char *data, ssize_t size, const char *event, size_t length) {
    int found = 0;
    const char *end = data + size;
    while (data < end || (link->in_payload && !link->left)) {
        if (!link->in_payload) {
            link->head[link->have++] = *data++;
            if (link->have >= 2 && link->have == head_size(link)) begin_payload(link);
            continue;
        }
        uint64_t part = (uint64_t)(end - data) < link->left ? (uint64_t)(end - data) : link->left;
        size_t room = LOOKED_AT - (size_t)link->have, keep = room < part ? room : part;
        memcpy(link->seen + link->have, data, keep);
        link->have += keep;
        data += part;
        link->left -= part;
        if (link->left) break;
        if (link->opcode == 9) pong(link);
        else if (link->opcode < 8 && event && memmem(link->seen, link->have, event, length)) found = 1;
        link->in_payload = link->have = 0;
    }
    return found;
}

static void send_due(struct probes *probes, double now, double *next) {
    while (now >= *next && probes->sent < probes->most) {
        int room = -1;
        for (int i = 0; i < probes->rooms && room < 0; i++) {
            int candidate = (probes->sent + i) % probes->rooms;
            if (probes->waiting[candidate] < 0) room = candidate;
        }
        if (room < 0) return;   /* all wait: it stays due, and its time counts from when it was */
        int which = room * 2 + (probes->turn[room]++ & 1);
        probes->waiting[room] = probes->sent;
        probes->due_at[probes->sent++] = *next;
        send(probes->senders[room], probes->frames[which], probes->sizes[which], MSG_NOSIGNAL);
        *next += probes->every_s;
    }
}

/* Until everyone in the crowd has had `event` (their times go to `at`) and no probe waits, or until the deadline.
 * Without an event it only reads what is there. With probes and no crowd's event it goes on for `until_more_s`.
 * Returns how many of the crowd have had it. */
int crowd_receive(struct crowd *crowd, const char *event, double deadline, double *at, struct probes *probes) {
    struct epoll_event events[AT_ONCE];
    static char data[65536];
    size_t length = event ? strlen(event) : 0, probe_length = probes ? strlen(probes->event) : 0;
    int expected = 0, had = 0, waiting = 0;
    double started = now_s(), next = started, over = 0;
    for (int i = 0; i < crowd->count; i++) expected += event && crowd->links[i].room == -1;
    if (at) memset(at, 0, crowd->count * sizeof *at);
    for (;;) {
        int ready = epoll_wait(crowd->epoll, events, AT_ONCE, 0);
        double now = now_s();
        for (int i = 0; i < ready; i++) {
            struct link *link = events[i].data.ptr;
            ssize_t size = recv(link->fd, data, sizeof data, MSG_DONTWAIT);
            if (size <= 0) {
                if (size < 0 && (errno == EAGAIN || errno == EINTR)) continue;
                epoll_ctl(crowd->epoll, EPOLL_CTL_DEL, link->fd, NULL);
                crowd->lost++;
                continue;
            }
            if (link->room == -1) {
                int number = link - crowd->links;
                if (take(link, data, size, event, length) && at && !at[number]) at[number] = now_s(), had++;
            } else if (link->room >= 0 && probes) {
                int *probe = &probes->waiting[link->room];
                if (take(link, data, size, probes->event, probe_length) && *probe >= 0)
                    probes->got_at[*probe] = now_s(), *probe = -1, waiting--;
            } else {
                take(link, data, size, NULL, 0);
            }
        }
        if (now > deadline || (crowd->lost && had + crowd->lost >= expected)) return had;
        if (!event && !probes && !ready) return had;
        if (had == expected && !over) over = now + (probes ? probes->until_more_s : 0);
        if (probes && !(over && now >= over)) {
            int before = probes->sent;
            send_due(probes, now, &next);
            waiting += probes->sent - before;
        }
        if (over && now >= over && !waiting && (event || probes)) return had;
    }
}

/* The floor: what it costs to hand the same frame to each of the sockets, and nothing else. */
int send_all(const int *fds, int count, const char *frame, int size) {
    int sent = 0;
    for (int i = 0; i < count; i++) sent += send(fds[i], frame, size, MSG_DONTWAIT | MSG_NOSIGNAL) == size;
    return sent;
}
