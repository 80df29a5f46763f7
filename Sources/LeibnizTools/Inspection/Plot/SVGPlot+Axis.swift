import Foundation
import Leibniz

extension SVGPlot {
  /// An axis of a chart.
  public struct Axis: Sendable {
    /// The title of the axis.
    public var label: String
    /// The numbers at its ends; `nil` fits the data.
    public var range: ClosedRange<Double>?
    /// Linear, or logarithmic for positive numbers.
    public var scale: Scale
    /// Names shown at 0, 1, 2, … instead of numbers.
    public var categories: [String]
    /// Whether numbers increase leftwards or downwards, as the rows of a matrix do.
    public var isReversed: Bool
    /// Whether the axis is drawn.
    public var isVisible: Bool

    /// The mapping from numbers to positions.
    public enum Scale: Sendable {
      /// Equal distances are equal differences.
      case linear
      /// Equal distances are equal factors. Numbers ≤ 0 are omitted.
      case logarithmic
    }

    /// An axis.
    public init(
      _ label: String = "", range: ClosedRange<Double>? = nil, scale: Scale = .linear,
      categories: [String] = [], isReversed: Bool = false, isVisible: Bool = true
    ) {
      self.label = label
      self.range = range
      self.scale = scale
      self.categories = categories
      self.isReversed = isReversed
      self.isVisible = isVisible
    }
  }
}

/// An axis whose ends are known, laid out over some pixels.
struct AxisLayout {
  let axis: SVGPlot.Axis
  /// The ends in the units of the scale: their decimal logarithms on a logarithmic one.
  private let range: ClosedRange<Double>
  private let pixels: Double
  /// The pixel of the lower end and the direction: vertical pixels count downwards.
  private let growsBackwards: Bool

  /// - Parameters:
  ///   - marks: the numbers of lines and points, which get some space around them.
  ///   - edges: the ends of heat maps, which do not.
  init(_ axis: SVGPlot.Axis, marks: [Double], edges: [Double], pixels: Double, isVertical: Bool) {
    func scaled(_ x: Double) -> Double { axis.scale == .logarithmic ? log10(x) : x }
    let marks = marks.map(scaled).filter(\.isFinite)
    let edges = edges.map(scaled).filter(\.isFinite)
    var low = edges.min() ?? .infinity
    var high = edges.max() ?? -.infinity
    if let least = marks.min(), let most = marks.max() {
      let alone = least == 0 ? 0.5 : max(0.1 * least.magnitude, .leastNormalMagnitude)
      let padding = most > least ? 0.04 * most - 0.04 * least : alone
      // Where the numbers span all that there are, the padding overflows.
      let limit = Double.greatestFiniteMagnitude
      low = max(min(low, least - padding), -limit)
      high = min(max(high, most + padding), limit)
    }
    if let range = axis.range {
      (low, high) = (scaled(range.lowerBound), scaled(range.upperBound))
    }
    let isUsable = low.isFinite && high.isFinite && low < high
    range = isUsable ? low...high : 0...1
    self.axis = axis
    self.pixels = pixels
    growsBackwards = axis.isReversed != isVertical
  }

  /// The pixel of a number; `nil` where it has none.
  func place(_ number: Double) -> Double? {
    let scaled = axis.scale == .logarithmic ? log10(number) : number
    guard scaled.isFinite else { return nil }
    let fraction = range.fraction(of: scaled)
    return (growsBackwards ? 1 - fraction : fraction) * pixels
  }

  /// The numbers that are written at the axis, about one in `spacing` pixels.
  func ticks(spacing: Double) -> [(place: Double, text: String)] {
    guard axis.isVisible else { return [] }
    let numbers: [(Double, String)]
    let count = max(pixels / spacing, 2)
    if !axis.categories.isEmpty {
      numbers = axis.categories.enumerated().map { (Double($0), $1) }
    } else if axis.scale == .logarithmic {
      numbers = logarithmicTicks(count).map { ($0, logarithmicText($0)) }
    } else {
      let step = niceStep(range.upperBound / count - range.lowerBound / count)
      numbers = multiples(of: step).map { ($0, text($0, step: step)) }
    }
    return numbers.compactMap { number, text in
      place(number).flatMap { (-0.01...(pixels + 0.01)).contains($0) ? ($0, text) : nil }
    }
  }

  private func multiples(of step: Double) -> [Double] {
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step).rounded(.down)
    guard last >= first, last - first < 1000 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is not below `rough`.
  private func niceStep(_ rough: Double) -> Double {
    let power = pow(10, log10(rough).rounded(.down))
    return [1, 2, 5].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
  }

  /// Powers of ten, not all of them over many decades; with their doubles and fives over few; evenly
  /// spaced numbers over less than one.
  private func logarithmicTicks(_ count: Double) -> [Double] {
    let (low, high) = (range.lowerBound, range.upperBound)
    if high - low < 1 {
      let (first, last) = (pow(10, low), pow(10, high))
      let step = niceStep((last - first) / count)
      return (0...10).map { ((first / step).rounded(.down) + Double($0)) * step }
    }
    let step = max(((high - low) / count).rounded(.up), 1)
    let powers = multiples(of: step).map { pow(10, $0) }
    guard powers.count < 3 else { return powers }
    let power = pow(10, low.rounded(.down))
    return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map { $0 * power }
  }

  private func logarithmicText(_ number: Double) -> String {
    let isShort = number > 0.0009 && number < 1001
    let text = String(format: isShort ? "%.4g" : "%.0e", number)
    return text.replacingOccurrences(of: "e+0", with: "e").replacingOccurrences(
      of: "e-0", with: "e−")
  }

  private func text(_ number: Double, step: Double) -> String {
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    let format =
      largest >= 1e6 || step < 1e-4 ? "%.3g" : "%.\(max(0, Int(-log10(step).rounded(.down))))f"
    // Adding zero makes of −0 a plain 0.
    return String(format: format, number + 0).withMinusSigns
  }
}
