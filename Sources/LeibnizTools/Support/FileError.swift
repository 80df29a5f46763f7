import Leibniz

/// A file that could not be read, understood or written.
///
/// ```swift
/// do {
///   try SVGFigure(SVGPlot("Loss")).write(to: "/nowhere/moons.svg")
/// } catch {
///   print(error)  // /nowhere/moons.svg: cannot be written: …
/// }
/// ```
public enum FileError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadable(path: String, reason: String)
  /// The file is not what its reader expects; `line` counts from one, where the file has lines.
  case malformed(path: String, line: Int?, reason: String)
  /// The file cannot be written.
  case unwritable(path: String, reason: String)

  /// The file, the line and the reason, as a compiler prints them.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .malformed(let path, let line?, let reason): "\(path):\(line): \(reason)"
    case .malformed(let path, nil, let reason): "\(path): \(reason)"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
