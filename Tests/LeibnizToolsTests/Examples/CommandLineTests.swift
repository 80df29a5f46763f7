#if os(Linux) || os(macOS)
  import Foundation
  import XCTest

  @testable import LeibnizTools

  /// The examples as a shell runs them.
  final class CommandLineTests: XCTestCase {
    private var folder = ""

    override func setUpWithError() throws {
      folder = NSTemporaryDirectory() + "leibniz-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    override func tearDown() { try? FileManager.default.removeItem(atPath: folder) }

    func testWrongOptionsAreToldEvenWithoutStandardError() throws {
      XCTAssertEqual(try run("backprop --wrong").status, 64)
      XCTAssertEqual(try run("backprop --wrong 2>&-").status, 64)
      XCTAssertEqual(try run("backprop --wrong <&- >&- 2>&-").status, 64)
      let repeated = try run("moons --steps 5 --steps 6")
      XCTAssertEqual(repeated.status, 64)
      XCTAssertEqual(repeated.text, "error: --steps is given twice.\n")
    }

    func testOutputThatDoesNotArriveIsAFailure() throws {
      let closed = try run("backprop >&-")
      XCTAssertEqual(closed.status, 65)
      XCTAssertTrue(closed.text.hasPrefix("error: standard output: cannot be written: "))
      try XCTSkipUnless(
        FileManager.default.fileExists(atPath: "/dev/full"), "There is no /dev/full.")
      for command in ["backprop", "backprop --help"] {
        let full = try run("\(command) > /dev/full")
        XCTAssertEqual(full.status, 65)
        XCTAssertEqual(
          full.text, "error: standard output: cannot be written: No space left on device\n")
      }
    }

    func testAnUnwritableOutputIsToldBeforeTheWork() throws {
      for option in ["output", "landscape", "save"] {
        let result = try run("moons --steps 1000000 --\(option) missing/file")
        XCTAssertEqual(result.status, 65)
        XCTAssertEqual(
          result.text, "error: missing/file: cannot be written: No such file or directory\n")
      }
      let board = try run("deepnet --epochs 10000 --tensorboard /dev/null/board")
      XCTAssertEqual(board.status, 65)
      XCTAssertTrue(board.text.hasPrefix("error: /dev/null/board"), board.text)
      XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), [])
    }

    func testAPictureCanBeStandardOutput() throws {
      let result = try run("backprop --output /dev/stdout")
      XCTAssertEqual(result.status, 65, "the name has no ending")
      XCTAssertEqual(
        try run("ln -s /dev/stdout stdout.dot; backprop --output stdout.dot").status, 0)
      let text = try run("backprop --output stdout.dot > all; cat all").text
      XCTAssertTrue(text.contains("digraph {"), text)
      XCTAssertTrue(text.contains("The derivative of x²"), text)
    }

    func testDigitsKnowFilesByTheirFirstBytes() throws {
      let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 2] + (0..<20)
      let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 10] + (0..<10)
      func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).writeWhole(to: "\(folder)/\(name)")
      }
      try write(images, "pictures")
      try write(images, "some-images.csv")
      try write(labels, "some-labels.csv")
      try write(labels, "answers")
      try write(Array("1,2,0\n3,4,1\n5,6,2\n7,8,3\n9,9,4\n".utf8), "text.idx3.gz")
      try write([0x89] + Array("PNG\r\n".utf8), "picture.png")
      let digits = "digits --epochs 1 --hidden 2 --train"
      for file in ["pictures --train-labels answers", "some-images.csv", "text.idx3.gz"] {
        let result = try run("\(digits) \(file)")
        XCTAssertEqual(result.status, 0, result.text)
      }
      XCTAssertTrue(
        try run("\(digits) pictures").text.contains(
          "name the file by --train-labels or --test-labels"))
      XCTAssertTrue(try run("\(digits) picture.png").text.contains("found 89 50 4e 47 …"))
      XCTAssertTrue(try run("\(digits) answers").text.contains("found no labels at"))
      if isInstalled("gzip"), isInstalled("gunzip") {
        let packed = try run(
          "gzip pictures answers; \(digits) pictures.gz --train-labels answers.gz && "
            + "mv some-labels.csv l; gzip -c l > some-labels.csv.gz; \(digits) some-images.csv")
        XCTAssertEqual(packed.status, 0, packed.text)
      }
    }

    func testFitsOfExactAndOfExtremePoints() throws {
      let exact = try run("fit --noise 0")
      XCTAssertEqual(exact.status, 0, exact.text)
      for (t, y) in [(1, 1e155), (1e160, 1), (1e-160, 1e-300), (1e306, 1e307)] {
        let lines = (0..<80).map { i in
          let t0 = Double(i) / 10
          return "\(t * t0),\(y * (exp(-0.25 * t0) * cos(3 * t0 + 0.5) + 0.25))"
        }
        try Data(lines.joined(separator: "\n").utf8).writeWhole(to: folder + "/points.csv")
        let result = try run("fit --data points.csv")
        XCTAssertEqual(result.status, 0, result.text)
        let decay = result.text.split(separator: "\n").first { $0.contains("decay = ") }
        let number = decay?.split(separator: " ")[2]
        XCTAssertEqual(t * (number.flatMap { Double($0) } ?? 0), 0.25, accuracy: 1e-3, result.text)
      }
      try Data((0..<9).map { "\(-1_000_000 + $0),\($0 % 2)" }.joined(separator: "\n").utf8)
        .writeWhole(to: folder + "/points.csv")
      XCTAssertEqual(try run("fit --data points.csv").status, 1)
    }

    func testInterruptingEndsTheLineOfProgress() throws {
      guard let (master, slave) = pseudoTerminal() else {
        throw XCTSkip("There are no pseudo-terminals here.")
      }
      let process = Process()
      process.executableURL = products.appendingPathComponent("moons")
      process.arguments = ["--steps", "1000000", "--output", "\(folder)/moons.svg"]
      process.standardOutput = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
      try process.run()
      var shown: [UInt8] = []
      func readMore() -> Bool {
        var part = [UInt8](repeating: 0, count: 1000)
        let count = read(master, &part, part.count)
        if count > 0 { shown += part[..<count] }
        return count > 0
      }
      while !shown.contains(UInt8(ascii: "/")), readMore() {}
      process.interrupt()
      process.waitUntilExit()
      XCTAssertEqual(process.terminationReason, .uncaughtSignal)
      XCTAssertEqual(process.terminationStatus, SIGINT)
      _ = fcntl(master, F_SETFL, O_NONBLOCK)
      while readMore() {}
      close(master)
      XCTAssertTrue(String(decoding: shown, as: UTF8.self).hasSuffix("left\r\n"))
    }

    private func pseudoTerminal() -> (master: Int32, slave: Int32)? {
      #if os(macOS)
        let master = posix_openpt(O_RDWR | O_NOCTTY)
        guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master)
        else { return nil }
        return (master, open(name, O_RDWR | O_NOCTTY))
      #else
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (number, isLocked) = (Int32(0), Int32(0))
        // TIOCSPTLCK and TIOCGPTN: posix_openpt and its kin are hidden from Swift here.
        guard master >= 0, ioctl(master, 0x4004_5431, &isLocked) == 0,
          ioctl(master, 0x8004_5430, &number) == 0
        else { return nil }
        return (master, open("/dev/pts/\(number)", O_RDWR | O_NOCTTY))
      #endif
    }

    private func run(_ command: String) throws -> (status: Int32, text: String) {
      try runInShell(command, in: folder)
    }
  }
#endif
