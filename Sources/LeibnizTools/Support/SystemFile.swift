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

#if os(Windows)
  /// An open file, or what a program prints.
  final class SystemFile {
    let handle: FileHandle

    init(_ handle: FileHandle) { self.handle = handle }

    convenience init(reading path: String) throws(SystemError) {
      do {
        self.init(try FileHandle(forReadingFrom: URL(fileURLWithPath: path)))
      } catch {
        throw SystemError(error)
      }
    }

    convenience init(creating path: String) throws(SystemError) {
      do {
        let file = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: file)
        self.init(try FileHandle(forWritingTo: file))
      } catch {
        throw SystemError(error)
      }
    }

    deinit { try? handle.close() }

    func read(atMost count: Int) throws(SystemError) -> [UInt8] {
      do { return Array(try handle.read(upToCount: count) ?? Data()) } catch {
        throw SystemError(error)
      }
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
      do { try handle.write(contentsOf: Data(bytes)) } catch { throw SystemError(error) }
    }

    func rewind() throws(SystemError) {
      do { try handle.seek(toOffset: 0) } catch { throw SystemError(error) }
    }
  }
#else
  /// An open file, or what a program prints.
  final class SystemFile {
    let descriptor: Int32

    /// Takes over an open descriptor.
    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Opens a file that is there.
    init(reading path: String) throws(SystemError) {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw SystemError() }
    }

    /// Makes a file, in a folder that is made if it is not there.
    init(creating path: String) throws(SystemError) {
      for end in path.indices.dropFirst() where path[end] == "/" {
        mkdir(String(path[..<end]), 0o777)
      }
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw SystemError() }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next bytes, as soon as there are any; none at the end.
    func read(atMost count: Int) throws(SystemError) -> [UInt8] {
      var result = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        repeat {
          result = systemRead(descriptor, buffer.baseAddress, count)
        } while result < 0 && errno == EINTR
        filled = max(result, 0)
      }
      guard result >= 0 else { throw SystemError() }
      return bytes
    }

    /// Writes all of the bytes.
    func write(_ bytes: [UInt8]) throws(SystemError) { try Self.write(bytes, into: descriptor) }

    /// Writes all of the bytes to a descriptor, which stays open.
    static func write(_ bytes: [UInt8], into descriptor: Int32) throws(SystemError) {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          throw SystemError()
        }
      }
    }

    /// Goes back to the beginning.
    func rewind() throws(SystemError) {
      guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemError() }
    }
  }

  // Within the class these names are those of its methods.
  private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, bytes, count)
  }
  private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, bytes, count)
  }
#endif

extension SystemFile {
  /// The next bytes: as many as asked for, or all that are left.
  func read(_ count: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let part = try read(atMost: min(count - bytes.count, 1 << 16))
      guard !part.isEmpty else { break }
      bytes += part
    }
    return bytes
  }

  /// All bytes that are left.
  func readToEnd() throws(SystemError) -> [UInt8] { try read(.max) }

  /// The bytes of a file.
  static func bytes(of path: String) throws(FileError) -> [UInt8] {
    do {
      return try SystemFile(reading: path).readToEnd()
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }
}
