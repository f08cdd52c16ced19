/* process.h - what a server costs, as the system tells (clock_getcpuclockid(3), proc(5)). Each ends the program
 * if the system does not tell. */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdint.h>
#include <sys/types.h>

/* CPU time that `pid` has used, user and system, in ns. */
uint64_t process_cpu(pid_t pid);

/* Memory that `pid` shares with nobody, in bytes. */
uint64_t process_private(pid_t pid);

/* Memory of `pid`, shared or not, in bytes. */
uint64_t process_resident(pid_t pid);

#endif
