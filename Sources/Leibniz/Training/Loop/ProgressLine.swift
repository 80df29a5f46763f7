#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Bionic)
  import Bionic
#elseif canImport(ucrt)
  import ucrt
#elseif canImport(WASILibc)
  import WASILibc
#endif

/// A line that shows the progress of a long task and its remaining time.
///
/// ```swift
/// var progress = ProgressLine("step", of: 100)
/// for step in 1...100 {
///   progress.update(step, "loss 0.12")  // step 42/100  loss 0.12  3 s left
/// }
/// ```
///
/// With a ``Trainer``, it is updated in ``Trainer/afterEpoch``.
///
/// On a terminal the line is rewritten in place, ten times a second; elsewhere every tenth part of
/// the task prints a line of its own.
public struct ProgressLine {
  private let unit: String
  private let total: Int
  private let isOnTerminal: Bool
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?
  /// Whether the cursor is in the line.
  private var isOpen = false

  /// A line for a task of `total` steps, each called `unit`.
  public init(_ unit: String, of total: Int) {
    self.unit = unit
    self.total = total
    isOnTerminal = isatty(1) != 0
  }

  /// A line if the output is a terminal; else `nil`, for what shows nothing there.
  static func onTerminal(_ unit: String, of total: Int) -> ProgressLine? {
    let line = ProgressLine(unit, of: total)
    return line.isOnTerminal ? line : nil
  }

  /// Prints a line above.
  func note(_ text: String) { print("\(isOnTerminal ? "\r\u{1B}[2K" : "")\(text)") }

  /// Leaves the line as it is, where a task ends before its last step.
  mutating func finish() {
    if isOnTerminal && isOpen { print() }
    isOpen = false
  }

  /// Shows that `step` steps are done. The text is only made where it is shown.
  public mutating func update(_ step: Int, _ text: @autoclosure () -> String) {
    let now = ContinuousClock.now
    let isDue =
      isOnTerminal
      ? lastShown.map { now - $0 >= .milliseconds(100) } ?? true
      : step * 10 / max(total, 1) > (step - 1) * 10 / max(total, 1)
    guard isDue || step == total else { return }
    lastShown = now
    let line = line(step, text(), after: now - start)
    if isOnTerminal {
      print("\r\u{1B}[2K\(line)", terminator: step == total ? "\n" : "")
      isOpen = step != total
      fflush(nil)
    } else {
      print(line)
    }
  }

  /// The line itself.
  func line(_ step: Int, _ text: String, after elapsed: Duration) -> String {
    let line = "\(unit) \(step)/\(total)  \(text)"
    guard step > 0, step < total else { return line }
    let seconds = Int((elapsed / step * (total - step)).components.seconds)
    let left = seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    return "\(line)  \(left) left"
  }
}
