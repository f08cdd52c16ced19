/* admit.c - the limits on clients, and a word to those who are turned away. */
#include "admit.h"

#include <string.h>
#include <unistd.h>

#include "address.h"
#include "admission.h"
#include "log.h"
#include "service.h"
#include "trusted.h"

void
admit_refuse(struct service *service, const struct service_face *face, int fd,
    const struct sockaddr *peer, enum counter counter, const char *reason)
{
	const char *word = face->face->too_many;
	char name[ADDRESS_SIZE], unread[4096];

	counter_add(&service->counters.values[counter], 1);
	log_line(LOG_WARN, "refused peer=%s reason=%s", address_format(peer, name), reason);
	send(fd, word, strlen(word), MSG_NOSIGNAL | MSG_DONTWAIT);
	/* Input that nobody reads would turn the close into a reset, which overtakes it. To go
	 * on until there is none would be to wait for whoever goes on sending. */
	for (int n = 0; n < 16 && recv(fd, unread, sizeof(unread), MSG_DONTWAIT) > 0; n++)
		;
	shutdown(fd, SHUT_WR);
	close(fd);
}

/* Does the address stand for many clients? */
static bool
is_proxy(const struct service *service, const struct service_face *face,
    const struct sockaddr *peer)
{
	struct in6_addr ip = address_ip(peer);

	return face->face->forwards && trusted_has(service->trusted, &ip);
}

bool
admit_address(struct service *service, const struct service_face *face,
    const struct sockaddr *client, struct admission_place **place)
{
	*place = NULL;
	return is_proxy(service, face, client) ||
	    admission_take_place(service->admission, client, place) == ADMISSION_GRANTED;
}

bool
admit_client(struct service *service, const struct service_face *face, int fd,
    const struct sockaddr *peer, bool proxied, struct admission_place **place)
{
	*place = NULL;
	if (admission_enter(service->admission) != ADMISSION_GRANTED) {
		admit_refuse(service, face, fd, peer, COUNTER_REFUSED_CLIENTS, "max-clients");
		return false;
	}
	if (proxied || admit_address(service, face, peer, place))
		return true;
	admission_leave(service->admission);
	admit_refuse(service, face, fd, peer, COUNTER_REFUSED_ADDRESS, "max-clients-per-address");
	return false;
}

void
admit_leave(struct service *service, struct admission_place *place)
{
	admission_give_back(service->admission, place);
	admission_leave(service->admission);
}
