#if canImport(Dispatch) && !hasFeature(Embedded)
  import Dispatch
  import LeibnizKernels
#endif

/// Calls `body` for 0..<count on up to so many threads; in order where there are no threads.
///
/// Each thread takes the next number when it is done with one: the first need not wait for another
/// that takes a while to wake up.
func forEachInParallel(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  #if canImport(Dispatch) && !hasFeature(Embedded)
    let threads = min(threads, count)
    if threads > 1 {
      var counter = 0
      withUnsafeMutablePointer(to: &counter) { counter in
        nonisolated(unsafe) let counter = counter  // counted atomically
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
          while true {
            let i = leibniz_take_next(counter)
            if i >= count { return }
            body(i)
          }
        }
      }
      return
    }
  #endif
  for i in 0..<count { body(i) }
}
