import Leibniz

/// A chart: lines, points, heat maps and texts over two axes.
///
/// ```swift
/// var plot = SVGPlot("Loss", x: SVGPlot.Axis("step"), y: SVGPlot.Axis(scale: .logarithmic))
/// plot.addLine(trainer.history.map(\.loss), label: "training")
/// plot.addLine(trainer.history.map { $0.validationLoss! }, label: "validation")
/// try SVGFigure(plot).write(to: "loss.svg")
/// ```
///
/// Layers are drawn in the order in which they were added. There is no background, and all colours
/// are of middle brightness: a picture reads on white and on black. Points and cells that are not
/// finite are left out.
public struct SVGPlot: Sendable {
  /// The title above the chart.
  public var title: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// The width of the area between the axes, in pixels.
  public var width: Double
  /// The height of the area between the axes, in pixels.
  public var height: Double

  private(set) var layers: [Layer] = []

  struct Point: Sendable {
    var x, y: Double
    var isFinite: Bool { x.isFinite && y.isFinite }
  }

  /// A bar of a histogram.
  struct Bar: Sendable {
    var x: ClosedRange<Double>
    var height: Double
  }

  enum Layer: Sendable {
    case line([Point], label: String, Color, LineStyle, marksEnds: Bool)
    case points([Point], label: String, Color, Marker, radius: Double)
    case band(lower: [Point], upper: [Point], label: String, Color)
    case bars([Bar], label: String, Color)
    case cells(HeatMap)
    case contours(ContourLines, Color)
    case text(String, Point, Color, size: Double)
  }

  /// How a line is drawn.
  public enum LineStyle: Sendable {
    /// Without gaps.
    case solid
    /// In strokes.
    case dashed
    /// In dots.
    case dotted
  }

  /// The shape of a point.
  public enum Marker: Sendable {
    /// A disc.
    case circle
    /// A filled square.
    case square
    /// Two strokes.
    case cross
  }

  /// An empty chart.
  ///
  /// - Parameters:
  ///   - title: the text above the chart.
  ///   - x: the horizontal axis.
  ///   - y: the vertical axis.
  ///   - width: the width of the area between the axes, in pixels.
  ///   - height: the height of the area between the axes, in pixels.
  public init(
    _ title: String = "", x: Axis = Axis(), y: Axis = Axis(), width: Double = 340,
    height: Double = 260
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Adds a line through the points (x₀, y₀), (x₁, y₁), …
  ///
  /// - Parameters:
  ///   - x: the horizontal coordinates.
  ///   - y: the vertical ones.
  ///   - label: the name in the legend; without one the line is not in the legend.
  ///   - color: by default the next one of the palette.
  ///   - style: how it is drawn.
  ///   - marksEnds: whether a ring marks its first point and a disc its last one.
  /// - Precondition: `x` and `y` are of one length.
  public mutating func addLine(
    x: [Double], y: [Double], label: String = "", color: Color? = nil, style: LineStyle = .solid,
    marksEnds: Bool = false
  ) {
    layers.append(
      .line(SVGPlot.points(x, y), label: label, color ?? nextColor, style, marksEnds: marksEnds))
  }

  /// Adds a line through the points (0, y₀), (1, y₁), …
  public mutating func addLine(
    _ y: [Double], label: String = "", color: Color? = nil, style: LineStyle = .solid
  ) {
    addLine(x: y.indices.map(Double.init), y: y, label: label, color: color, style: style)
  }

  /// Adds the points (x₀, y₀), (x₁, y₁), …
  ///
  /// - Parameters:
  ///   - x: the horizontal coordinates.
  ///   - y: the vertical ones.
  ///   - label: the name in the legend; without one the points are not in the legend.
  ///   - color: by default the next one of the palette.
  ///   - marker: the shape of a point.
  ///   - radius: half the size of a point, in pixels.
  /// - Precondition: `x` and `y` are of one length.
  public mutating func addPoints(
    x: [Double], y: [Double], label: String = "", color: Color? = nil, marker: Marker = .circle,
    radius: Double = 3
  ) {
    let points = SVGPlot.points(x, y)
    layers.append(.points(points, label: label, color ?? nextColor, marker, radius: radius))
  }

  /// Adds a field of coloured cells: a function of x and y, a matrix, an image.
  ///
  /// - Parameters:
  ///   - rows: the values, the row of the smallest y first; every row of one length.
  ///   - x: where the first column begins and the last one ends.
  ///   - y: where the first row begins and the last one ends.
  ///   - colors: the mapping from values to colours.
  ///   - range: the values at the ends of the colour scale; by default those that occur.
  ///   - label: the name of the colour scale beside the chart; without one there is no scale.
  public mutating func addHeatMap(
    _ rows: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>,
    colors: ColorMap = .sequential, range: ClosedRange<Double>? = nil, label: String = ""
  ) {
    require(
      rows.allSatisfy { $0.count == rows[0].count },
      "The rows of a heat map differ in length: \(rows.map(\.count)).")
    let range = range ?? colors.range(of: rows.joined())
    layers.append(
      .cells(HeatMap(rows: rows, x: x, y: y, colors: colors, range: range, label: label)))
  }

  /// Adds a text centred at (x, y).
  public mutating func addText(
    _ text: String, x: Double, y: Double, size: Double = 11, color: Color = .gray
  ) {
    layers.append(.text(text, Point(x: x, y: y), color, size: size))
  }

  static func points(_ x: [Double], _ y: [Double]) -> [Point] {
    require(
      x.count == y.count,
      "A chart was given \(counted(x.count, "number")) for x but \(y.count) for y.")
    return zip(x, y).map(Point.init)
  }

  /// Adds what was made elsewhere.
  mutating func add(_ layer: Layer) { layers.append(layer) }

  /// The colour of the palette that no line, point or bar has taken yet.
  var nextColor: Color {
    let used = layers.count { layer in
      switch layer {
      case .line, .points, .bars: true
      case .band, .cells, .contours, .text: false
      }
    }
    return Color.palette[used % Color.palette.count]
  }
}
