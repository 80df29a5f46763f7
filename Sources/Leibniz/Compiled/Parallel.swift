#if canImport(Dispatch) && !hasFeature(Embedded)
  import Dispatch
#endif

/// Calls `body` for 0..<count on up to so many threads; in order where there are no threads.
func forEachInParallel(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  #if canImport(Dispatch) && !hasFeature(Embedded)
    let threads = min(threads, count)
    if threads > 1 {
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        for i in thread * count / threads..<(thread + 1) * count / threads { body(i) }
      }
      return
    }
  #endif
  for i in 0..<count { body(i) }
}
