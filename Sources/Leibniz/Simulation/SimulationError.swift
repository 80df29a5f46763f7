/// Why a differential equation was not solved to its end.
public enum SimulationError: Error, Equatable, CustomStringConvertible {
  /// The state has no numbers.
  case emptyState
  /// There are fewer or more derivatives than numbers in the state.
  case wrongDerivativeCount(expected: Int, found: Int)
  /// A time or a tolerance is not what one can go by: infinite, not a number, or not above zero.
  case unusable(setting: String, found: Double)
  /// The state or its derivatives at the start are infinite or not numbers.
  case notFinite(time: Double)
  /// No step that the numbers can tell from none is small enough: the solution ends there, or has
  /// become infinite.
  case stepSizeUnderflow(time: Double)
  /// The end was not reached in as many steps as were allowed.
  case tooManySteps(limit: Int, time: Double)

  /// What is wrong, and at what time.
  public var description: String {
    switch self {
    case .emptyState: "The state has no numbers."
    case .wrongDerivativeCount(let expected, let found):
      "The state has \(counted(expected, "number")), but \(counted(found, "derivative")) were given."
    case .unusable(let setting, let found): "The \(setting) cannot be \(found)."
    case .notFinite(let time):
      "At the time \(time) the state or its derivatives are infinite or not numbers."
    case .stepSizeUnderflow(let time):
      "At the time \(time) no step is small enough for the tolerances: the solution is likely to "
        + "end there."
    case .tooManySteps(let limit, let time):
      "After \(counted(limit, "step")) the time is only \(time)."
    }
  }
}
