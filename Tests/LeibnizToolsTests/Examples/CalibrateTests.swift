#if os(Linux) || os(macOS)
  import Foundation
  import Leibniz
  import LeibnizTools
  import XCTest

  /// The example `calibrate` on files in the format of *Bundle Adjustment in the Large*.
  final class CalibrateTests: XCTestCase {
    private let folder = NSTemporaryDirectory() + "leibniz-\(UUID().uuidString)"

    override func setUpWithError() throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    override func tearDown() { try? FileManager.default.removeItem(atPath: folder) }

    /// P = R X + t, p = −P / P.z, p′ = f r(p) p with r(p) = 1 + k₁ ‖p‖² + k₂ ‖p‖⁴, R from its axis and
    /// angle by a unit quaternion: as the format's page defines it.
    private func projection(_ camera: [Double], _ point: [Double]) -> [Double] {
      let angle = (camera[0] * camera[0] + camera[1] * camera[1] + camera[2] * camera[2])
        .squareRoot()
      let share = angle == 0 ? 0 : sin(angle / 2) / angle
      let (w, x, y, z) = (cos(angle / 2), camera[0] * share, camera[1] * share, camera[2] * share)
      let rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
      ]
      let seen = (0..<3).map { i in
        rows[i][0] * point[0] + rows[i][1] * point[1] + rows[i][2] * point[2] + camera[3 + i]
      }
      let (u, v) = (-seen[0] / seen[2], -seen[1] / seen[2])
      let square = u * u + v * v
      let scale = camera[6] * (1 + camera[7] * square + camera[8] * square * square)
      return [scale * u, scale * v]
    }

    private let cameras = [
      [0, 0, 0, 0.1, -0.2, -6, 700, -0.1, 0.02], [0.3, -0.9, 0.2, 0.3, 0.1, -5.5, 650, -0.2, 0.05],
    ]

    /// Two cameras that both see fifteen points, written as the files of the collection are; and the
    /// root mean square of the distances, for the points as they are written.
    private func scene() -> (lines: [String], distance: Double) {
      var generator = SeededGenerator(seed: 3)
      var observations: [String] = [], points: [Double] = []
      var sum = 0.0
      for point in 0..<15 {
        let place = (0..<3).map { _ in Double.random(in: -1...1, using: &generator) }
        let written = place.map { $0 + 0.01 * generator.normal() }
        points += written
        for (number, camera) in cameras.enumerated() {
          let (seen, now) = (projection(camera, place), projection(camera, written))
          observations.append(
            String(format: "%d %d     %.6e %.6e", number, point, seen[0], seen[1]))
          for i in 0..<2 { sum += (now[i] - seen[i]) * (now[i] - seen[i]) }
        }
      }
      let numbers = (cameras.flatMap { $0 } + points).map { String(format: "%.16e", $0) }
      return (["2 15 30"] + observations + numbers, (sum / 30).squareRoot())
    }

    private func calibrate(_ lines: [String]) throws -> (status: Int32, text: String) {
      try Data((lines.joined(separator: "\n") + "\n").utf8).writeWhole(to: folder + "/problem.txt")
      return try runInShell("calibrate --data problem.txt --output calibrate.svg", in: folder)
    }

    func testFileInTheFormatOfBundleAdjustmentInTheLarge() throws {
      let (lines, distance) = scene()
      let result = try calibrate(lines)
      XCTAssertEqual(result.status, 0, result.text)
      let words =
        result.text.split(separator: "\n").first { $0.hasPrefix("root mean") }?
        .split(separator: " ") ?? []
      XCTAssertEqual(words.count, 7, result.text)
      XCTAssertEqual(words.count > 3 ? Double(words[3]) ?? 0 : 0, distance, accuracy: 1e-3)
      XCTAssertLessThan(words.last.flatMap { Double($0) } ?? 1, 1e-3, result.text)
    }

    func testFilesThatAreNoScenesAreRefused() throws {
      let lines = scene().lines
      func error(_ lines: [String]) throws -> String {
        let result = try calibrate(lines)
        XCTAssertEqual(result.status, 65, result.text)
        let line = result.text.split(separator: "\n").first { $0.hasPrefix("error: ") } ?? ""
        return String(line.dropFirst("error: problem.txt".count))
      }
      func changed(_ line: Int, _ text: String) -> [String] {
        lines[..<line] + [text] + lines[(line + 1)...]
      }
      let refused: [([String], String)] = [
        (["BZh91AY&SY"], ": is compressed as it is published: unpack it with bunzip2 first"),
        ([], ": ends before the number of cameras"),
        (Array(lines.prefix(12)), ": ends before the camera of an observation"),
        (lines.dropLast(), ": ends before a coordinate of a point"),
        (
          changed(2, "2 0 1.0 2.0"),
          ":3: the camera of an observation is 2.0, not a whole number from 0 to 1"
        ),
        (
          changed(2, "1 -1 1.0 2.0"),
          ":3: the point of an observation is -1.0, not a whole number from 0 to 14"
        ),
        (
          changed(40, "nan"), ":41: a number of a camera is 'nan', which is not a finite number"
        ),
        (lines + ["1.5"], ":\(lines.count + 1): '1.5' stands after the last point"),
      ]
      for (lines, reason) in refused { XCTAssertEqual(try error(lines), reason) }
    }
  }
#endif
