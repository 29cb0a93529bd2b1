#include "nt_threads.h"

static _Thread_local int seat;

int nt_seat(void) { return seat; }
void nt_sit(int number) { seat = number; }
