/* The floor: the least that a program can do to pass the same bytes on to many over HTTP, by epoll and write.
 *
 * It prints two ports: one where listeners ask for anything and get it for ever, one for whom it comes from.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 65536

static int listeners[MOST], place[MOST], count;
static const char head[] = "HTTP/1.0 200 OK\r\nContent-Type: audio/ogg\r\n\r\n";

static int door(void) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof at;
    int one = 1, sock = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (bind(sock, (void *)&at, sizeof at) || listen(sock, 4096)) exit(1);
    getsockname(sock, (void *)&at, &length);
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    return sock;
}

static void drop(int sock) {
    if (place[sock] >= 0) {
        listeners[place[sock]] = listeners[--count];
        place[listeners[place[sock]]] = place[sock];
        place[sock] = -1;
    }
    close(sock);
}

int main(void) {
    char bytes[65536];
    struct epoll_event news[64], what;
    int epoll = epoll_create1(0), door_for_listeners = door(), door_for_source = door(), source = -1;
    signal(SIGPIPE, SIG_IGN);
    memset(place, -1, sizeof place);
    what = (struct epoll_event){EPOLLIN, {.fd = door_for_listeners}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, door_for_listeners, &what);
    what.data.fd = door_for_source;
    epoll_ctl(epoll, EPOLL_CTL_ADD, door_for_source, &what);
    for (;;) {
        int many = epoll_wait(epoll, news, 64, -1);
        for (int i = 0; i < many; i++) {
            int sock = news[i].data.fd;
            if (sock == door_for_listeners || sock == door_for_source) {
                int fresh = accept4(sock, NULL, NULL, SOCK_NONBLOCK);
                if (fresh < 0 || fresh >= MOST) continue;
                if (sock == door_for_source) source = fresh;
                what = (struct epoll_event){EPOLLIN, {.fd = fresh}};
                epoll_ctl(epoll, EPOLL_CTL_ADD, fresh, &what);
                continue;
            }
            ssize_t got = read(sock, bytes, sizeof bytes);
            if (got <= 0) {
                if (got == 0 || errno != EAGAIN) drop(sock);
            } else if (sock == source) {
                for (int each = 0; each < count; each++)
                    if (write(listeners[each], bytes, got) < 0 && errno != EAGAIN) drop(listeners[each--]);
            } else if (place[sock] < 0 && write(sock, head, sizeof head - 1) > 0) {
                listeners[count] = sock;
                place[sock] = count++;
            }
        }
    }
}
