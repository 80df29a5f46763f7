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

extension Sequence<UInt8> {
  /// Writes a file atomically: it is complete, or as it was before.
  ///
  /// The bytes go into a temporary file beside it, which then takes its name. Links are followed and
  /// the mode is kept. What is not a regular file (a terminal, a pipe, a device) is written to.
  package func writeWhole(to path: String) throws(FileError) {
    try OutputFile(path).write(Array(self))
  }
}

/// Checks that a file can be written, before the work whose result it is to hold.
///
/// - Throws: ``FileError/unwritable(path:reason:)``. The file itself is not touched.
package func requireWritable(_ path: String) throws(FileError) {
  try OutputFile(path).check()
}

#if canImport(Darwin) || canImport(Glibc) || canImport(Musl) || canImport(Bionic)
  /// Where a path leads, and how bytes get there.
  private struct OutputFile {
    private enum Target {
      /// Standard output or standard error, perhaps under another name.
      case descriptor(Int32)
      /// A terminal, a pipe, a device.
      case stream
      /// A regular file that is there, behind all links.
      case existing(path: String, status: stat)
      /// A name that is not taken yet, behind all links.
      case new(path: String)
    }

    private let path: String
    private let target: Target

    init(_ path: String) throws(FileError) {
      self.path = path
      guard !path.isEmpty, !path.utf8.contains(0) else {
        throw .unwritable(path: path, reason: "this is not the name of a file")
      }
      var status = stat()
      if stat(path, &status) != 0 {
        guard errno == ENOENT else { throw Self.failure(path) }
        target = .new(path: try Self.endOfLinks(path))
      } else if let descriptor = Self.standardStream(status) {
        target = .descriptor(descriptor)
      } else if Self.kind(status) == S_IFREG {
        guard access(path, W_OK) == 0, let end = realpath(path, nil) else {
          throw Self.failure(path)
        }
        defer { free(end) }
        target = .existing(path: String(cString: end), status: status)
      } else if Self.kind(status) == S_IFDIR {
        throw Self.failure(path, EISDIR)
      } else {
        target = .stream
      }
    }

    func check() throws(FileError) {
      switch target {
      case .descriptor: break
      case .stream: if access(path, W_OK) != 0 { throw Self.failure(path) }
      case .existing(let end, let status):
        try TemporaryFile(beside: end, replacing: status, for: path).discard()
      case .new(let end): try TemporaryFile(beside: end, replacing: nil, for: path).discard()
      }
    }

    func write(_ bytes: [UInt8]) throws(FileError) {
      switch target {
      case .descriptor(let descriptor):
        fflush(nil)
        try OutputFile.write(bytes, into: descriptor, path)
      case .stream:
        let descriptor = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        try OutputFile.write(bytes, into: descriptor, path)
      case .existing(let end, let status):
        try TemporaryFile(beside: end, replacing: status, for: path).become(end, bytes)
      case .new(let end):
        try TemporaryFile(beside: end, replacing: nil, for: path).become(end, bytes)
      }
    }

    static func failure(_ path: String, _ code: Int32 = errno) -> FileError {
      .unwritable(path: path, reason: String(cString: strerror(code)))
    }

    private static func kind(_ status: stat) -> mode_t { status.st_mode & S_IFMT }

    /// The descriptor to which this file is open as standard output or standard error: replacing such
    /// a file would lose what is printed.
    private static func standardStream(_ status: stat) -> Int32? {
      [1, 2].first { descriptor in
        var open = stat()
        return fstat(descriptor, &open) == 0 && open.st_dev == status.st_dev
          && open.st_ino == status.st_ino
      }
    }

    /// The name that a link to a missing file leads to, or the path itself.
    private static func endOfLinks(_ path: String) throws(FileError) -> String {
      var end = path
      for _ in 0..<40 {
        guard let next = destination(ofLink: end) else {
          guard !end.hasSuffix("/") else { throw failure(path, ENOENT) }
          return end
        }
        end = next.hasPrefix("/") ? next : directory(of: end) + next
      }
      throw failure(path, ELOOP)
    }

    /// What a link holds; `nil` where the path is no link.
    private static func destination(ofLink path: String) -> String? {
      // No name is longer on any of these systems.
      let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        count = buffer.withMemoryRebound(to: CChar.self) {
          max(readlink(path, $0.baseAddress!, $0.count), 0)
        }
      }
      return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Writes all of the bytes to a descriptor.
    static func write(
      _ bytes: [UInt8], into descriptor: Int32, _ path: String
    ) throws(FileError) {
      do {
        try SystemFile.write(bytes, into: descriptor)
      } catch {
        throw .unwritable(path: path, reason: error.reason)
      }
    }

    /// The path up to and with its last slash.
    static func directory(of path: String) -> String {
      path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
  }

  /// A file under a name of its own until it is whole: `.NAME.leibniz-0123456789abcdef.tmp`.
  ///
  /// Its writer holds a lock on it. One without a lock was left behind by a process that was killed.
  private struct TemporaryFile {
    private let name: String
    private let descriptor: Int32
    private let path: String
    private let isReplacing: Bool

    /// - Parameters:
    ///   - target: the file whose place it will take.
    ///   - status: of the file that is there now.
    ///   - path: what errors call it.
    init(beside target: String, replacing status: stat?, for path: String) throws(FileError) {
      let directory = OutputFile.directory(of: target)
      let prefix = Self.prefix(of: target.dropFirst(directory.count))
      Self.removeLeftovers(in: directory, prefix)
      var (name, descriptor, links) = ("", Int32(-1), 0)
      // One that is taken for a leftover before it is locked loses its name, and is made again.
      while links == 0 {
        let random = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        name =
          directory + prefix + String(repeating: "0", count: 16 - random.count) + random + suffix
        descriptor = open(
          name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status == nil ? 0o666 : 0o600)
        guard descriptor >= 0 else { throw OutputFile.failure(path) }
        flock(descriptor, LOCK_EX)
        var own = stat()
        fstat(descriptor, &own)
        links = Int(own.st_nlink)
        if links == 0 { close(descriptor) }
      }
      (self.name, self.descriptor, self.path) = (name, descriptor, path)
      isReplacing = status != nil
      guard let status else { return }
      // Only the superuser can give a file away; for others it stays their own.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      fchmod(descriptor, status.st_mode & 0o7777)
    }

    func discard() {
      unlink(name)
      close(descriptor)
    }

    /// Writes the bytes and takes the place of the target.
    func become(_ target: String, _ bytes: [UInt8]) throws(FileError) {
      do throws(FileError) {
        try OutputFile.write(bytes, into: descriptor, path)
        // On disk before it replaces a file, so that a failing machine leaves the old or the new one.
        guard !isReplacing || fsync(descriptor) == 0, rename(name, target) == 0 else {
          throw OutputFile.failure(path)
        }
        close(descriptor)
      } catch {
        discard()
        throw error
      }
    }

    /// What names begin with; short enough for any file system.
    private static func prefix(of name: Substring) -> String {
      var part = name
      while part.utf8.count > 200 { part.removeLast() }
      return ".\(part).leibniz-"
    }

    private static func removeLeftovers(in directory: String, _ prefix: String) {
      guard let folder = opendir(directory.isEmpty ? "." : directory) else { return }
      defer { closedir(folder) }
      let (start, length) = (strlen(prefix), strlen(prefix) + 16 + strlen(suffix))
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 1) { name in
            // Folders may be large: a text is only made of names that fit.
            strncmp(name, prefix, start) == 0 && strlen(name) == length
              ? String(cString: name) : nil
          }
        }
        guard let name, name.hasSuffix(suffix) else { continue }
        let descriptor = open(directory + name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { continue }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(directory + name) }
        close(descriptor)
      }
    }
  }

  private let suffix = ".tmp"
#else
  /// Where a path leads, on systems without links.
  private struct OutputFile {
    private let path: String

    init(_ path: String) throws(FileError) { self.path = path }

    func check() throws(FileError) {}

    func write(_ bytes: [UInt8]) throws(FileError) {
      do {
        #if os(Windows)
          try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        #else
          try SystemFile(creating: path).write(bytes)
        #endif
      } catch {
        throw .unwritable(path: path, reason: "\(error)")
      }
    }
  }
#endif
