#ifndef NT_THREADS_H
#define NT_THREADS_H

/// Tells the processor that this thread spins.
static inline void nt_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// The seat of this thread in the job under way: from 1 on, or 0 outside of jobs.
int nt_seat(void);
/// Takes a seat.
void nt_sit(int seat);

#endif
