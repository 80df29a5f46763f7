import Foundation

/// The bytes of this process in memory, which only Linux tells in a file; elsewhere `nil`.
public func residentBytes() -> Int? {
  #if os(Linux)
    let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = text?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return pages.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
  #else
    return nil
  #endif
}
