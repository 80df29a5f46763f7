#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Bionic)
  import Bionic
#elseif canImport(WASILibc)
  import WASILibc
#else
  import Foundation
#endif

/// Why the system refused something.
struct SystemError: Error {
  let reason: String

  #if os(Windows)
    init(_ error: any Error) { reason = error.localizedDescription }
  #else
    /// The last refusal of the C library, or the one with this code.
    init(_ code: Int32 = errno) { reason = String(cString: strerror(code)) }
  #endif
}

/// The seconds since 1970 began.
func secondsSince1970() -> Double {
  #if os(Windows)
    return Date().timeIntervalSince1970
  #else
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  #endif
}

extension Double {
  /// The logarithm to base ten, exact where the number is a power of ten.
  var decimalLogarithm: Double { log10(self) }
}
