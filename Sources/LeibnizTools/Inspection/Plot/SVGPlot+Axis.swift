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
  private let isVertical: Bool
  /// The pixel of the lower end and the direction: vertical pixels count downwards.
  private let growsBackwards: Bool

  /// - Parameters:
  ///   - marks: the numbers of lines and points, which get some space around them.
  ///   - edges: the ends of heat maps, which do not.
  init(_ axis: SVGPlot.Axis, marks: [Double], edges: [Double], pixels: Double, isVertical: Bool) {
    func scaled(_ x: Double) -> Double { axis.scale == .logarithmic ? x.decimalLogarithm : x }
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
    self.isVertical = isVertical
    growsBackwards = axis.isReversed != isVertical
  }

  /// The pixel of a number; `nil` where it has none.
  func place(_ number: Double) -> Double? {
    let scaled = axis.scale == .logarithmic ? number.decimalLogarithm : number
    guard scaled.isFinite else { return nil }
    let fraction = range.fraction(of: scaled)
    return (growsBackwards ? 1 - fraction : fraction) * pixels
  }

  /// The numbers that are written at the axis, about one in `spacing` pixels, three at least where
  /// there is room, and none over another.
  func ticks(spacing: Double) -> [(place: Double, text: String)] {
    guard axis.isVisible else { return [] }
    let numbers: [(Double, String)]
    let count = max(pixels / spacing, 3)
    if !axis.categories.isEmpty {
      numbers = axis.categories.enumerated().map { (Double($0), $1) }
    } else if axis.scale == .logarithmic {
      numbers = logarithmicTicks(count).map { ($0, logarithmicText($0)) }
    } else {
      let nice = NiceNumbers(in: range, count: count)
      numbers = nice.numbers.map { ($0, nice.text($0)) }
    }
    let ticks = numbers.compactMap { number, text in
      place(number).flatMap { (-0.01...(pixels + 0.01)).contains($0) ? ($0, text) : nil }
    }
    return axis.categories.isEmpty ? thinned(ticks) : ticks
  }

  /// Every second tick, or every third, …, so that their texts do not touch.
  private func thinned(
    _ ticks: [(place: Double, text: String)]
  ) -> [(place: Double, text: String)] {
    func extent(_ tick: (place: Double, text: String)) -> Double {
      isVertical ? 10 : SVG.width(of: tick.text) + 4
    }
    for stride in 1...max(ticks.count, 1) {
      let kept = ticks.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
      let touches = zip(kept, kept.dropFirst()).contains {
        abs($0.place - $1.place) < (extent($0) + extent($1)) / 2
      }
      if !touches { return kept }
    }
    return ticks
  }

  /// Powers of ten, not all of them over many decades; with their doubles and fives over few; evenly
  /// spaced numbers over less than one.
  private func logarithmicTicks(_ count: Double) -> [Double] {
    let (low, high) = (range.lowerBound, range.upperBound)
    if high - low < 1 {
      let (first, last) = (pow(10, low), pow(10, high))
      return first < last ? NiceNumbers(in: first...last, count: count).numbers : []
    }
    let step = max(((high - low) / count).rounded(.up), 1)
    let powers = NiceNumbers.multiples(of: step, in: range).map { pow(10, $0) }
    guard powers.count < 3 else { return powers }
    let power = pow(10, low.rounded(.down))
    return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map { $0 * power }
  }

  private func logarithmicText(_ number: Double) -> String {
    let isShort = number > 0.0009 && number < 1001
    guard !isShort else { return number.text(digits: 4).withMinusSigns }
    let (digit, exponent) = number.decimalDigits(1)
    return "\(digit[0])e\(exponent)".withMinusSigns
  }
}
