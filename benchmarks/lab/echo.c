/* The least that a server can do with an answer: acknowledges each frame with the text of its argument, without looking
   at it. It shows what the generator can do, and the floor of the receive path: epoll, recv and send are the kernel's.
   Prints {"port": N}; ends with its standard input. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 512, BUFFER = 65536, MOST_FDS = 65536 };
static const char HEAD[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Accept: not-checked-by-our-generator\r\n\r\n";
static char ack[4 + 65535];
static size_t ack_size;
static unsigned char is_open[MOST_FDS];

static void take(int epoll, int fd) {
    unsigned char data[BUFFER];
    ssize_t size = recv(fd, data, sizeof data, MSG_DONTWAIT);
    if (size <= 0) {
        if (size < 0 && errno == EAGAIN) return;
        epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL);
        close(fd);
        return;
    }
    if (!is_open[fd]) {
        is_open[fd] = 1;
        send(fd, HEAD, sizeof HEAD - 1, MSG_NOSIGNAL);
        return;
    }
    /* Masked frames below 64 KiB that come whole: it is our own generator that sends them. */
    for (ssize_t at = 0; at + 2 <= size;) {
        ssize_t payload = data[at + 1] & 0x7f;
        at += payload == 126 ? 8 + (data[at + 2] << 8 | data[at + 3]) : 6 + payload;
        send(fd, ack, ack_size, MSG_NOSIGNAL);
    }
}

static void prepare(const char *text) {
    size_t size = strlen(text), head = size < 126 ? 2 : 4;
    ack[0] = (char)0x81;
    ack[1] = (char)(head == 2 ? size : 126);
    if (head == 4) ack[2] = (char)(size >> 8), ack[3] = (char)size;
    memcpy(ack + head, text, size);
    ack_size = head + size;
}

int main(int count, char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    struct rlimit files;
    struct epoll_event events[EVENTS], event = {.events = EPOLLIN};
    int epoll = epoll_create1(0), door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (count != 2 || strlen(arguments[1]) > 65535) return 2;
    prepare(arguments[1]);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(door, (struct sockaddr *)&address, sizeof address);
    listen(door, 4096);
    getsockname(door, (struct sockaddr *)&address, &length);
    event.data.fd = door;
    epoll_ctl(epoll, EPOLL_CTL_ADD, door, &event);
    event.data.fd = 0;
    epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &event);
    printf("{\"port\": %d}\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == 0) return 0;
            if (fd != door) take(epoll, fd);
            while (fd == door && (event.data.fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                is_open[event.data.fd] = 0;
                epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
            }
        }
    }
}
