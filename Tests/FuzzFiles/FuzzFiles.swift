import ExampleSupport
import Foundation
import Leibniz
import LeibnizTools
import Mutations

// Reads damaged files of every format for as long as one likes: each is taken whole or refused by a
// typed error, in little memory and time, and what was taken works.

@main
struct FuzzFiles {
  static func main() {
    runExample {
      var options = Options("FuzzFiles", "Reads damaged files of every format.")
      let seconds = options.number("seconds", default: 10, in: 0...1e9, "how long to go on")
      let seed = options.integer("seed", default: 1, "the seed of the damage")
      try options.finish()

      let folder = "\(memoryFolder)leibniz-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      print("Where this ends too early, the file at hand is in \(folder).")
      limitMemory()
      var generator = SeededGenerator(seed: UInt64(seed))
      let subjects = try Subject.all(in: folder, using: &generator)
      var counts = subjects.map { _ in (read: 0, taken: 0) }
      let start = ContinuousClock.now
      var round = 0
      while ContinuousClock.now - start < .seconds(seconds) {
        for (i, subject) in subjects.enumerated() where round % subject.interval == 0 {
          counts[i].read += 1
          if try isTaken(subject, in: folder, using: &generator) { counts[i].taken += 1 }
        }
        round += 1
      }
      for (subject, count) in zip(subjects, counts) {
        print("\(subject.name): \(count.read) files read, \(count.taken) taken")
        // Damage that is never noticed, or always, would test nothing.
        guard count.taken < count.read || count.read < 100 else {
          throw Finding("\(subject.name): no file was refused")
        }
        guard count.taken > 0 || count.read < 1000 else {
          throw Finding("\(subject.name): no file was taken")
        }
      }
      try FileManager.default.removeItem(atPath: folder)
    }
  }

  /// Where files are written to memory, as far as there is such a folder: a disk is many times slower.
  static var memoryFolder: String {
    FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm/" : NSTemporaryDirectory()
  }

  /// Writes a damaged file and reads it.
  static func isTaken(
    _ subject: Subject, in folder: String, using generator: inout SeededGenerator
  ) throws -> Bool {
    var bytes = subject.samples.randomElement(using: &generator)!
    let way = Int.random(in: 0..<10, using: &generator)
    if way > 0 && way < 7 { bytes = mutated(bytes, using: &generator) }
    if way > 4 { bytes = rearranged(bytes, using: &generator) }
    let path = "\(folder)/case.\(subject.ending)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    stopAfter(seconds: 20)
    do {
      try subject.read(path)
      return true
    } catch is FileError, is CheckpointError, is TrainingError, is Refusal {
      return false
    } catch {
      throw Finding("\(subject.name): \(path): \(error)")
    }
  }

  /// Has a reader that takes gigabytes for some kilobytes fail.
  static func limitMemory() {
    #if os(Linux) && canImport(Glibc)
      var limit = rlimit(rlim_cur: 4 << 30, rlim_max: 4 << 30)
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #endif
  }

  /// Has a reader that hangs end with the signal of an alarm.
  static func stopAfter(seconds: UInt32) {
    #if !os(Windows)
      alarm(seconds)
    #endif
  }
}

/// What should not happen did.
struct Finding: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A file that is in order and cannot be used here.
struct Refusal: Error {}
