import Leibniz

/// A picture of one chart or of several in a grid, as an SVG file.
///
/// ```swift
/// var plot = SVGPlot("Loss", x: SVGPlot.Axis("step"))
/// plot.addLine([1.2, 0.5, 0.3, 0.2])
/// try SVGFigure(plot).write(to: "loss.svg")
/// ```
public struct SVGFigure: Sendable {
  /// The charts, row by row.
  public var plots: [SVGPlot]
  /// The number of charts per row.
  public var columns: Int

  /// A picture of some charts.
  public init(_ plots: SVGPlot..., columns: Int = 2) {
    self.init(plots, columns: columns)
  }

  /// A picture of some charts.
  public init(_ plots: [SVGPlot], columns: Int = 2) {
    require(columns > 0, "A figure needs a column.")
    self.plots = plots
    self.columns = columns
  }

  /// The picture as the text of an SVG file.
  ///
  /// - Complexity: O(points + cells).
  public func svg() -> String {
    var picture = SVG()
    let margin = 10.0
    let drawings = plots.map { $0.drawing() }
    var (width, y) = (0.0, margin)
    for start in stride(from: 0, to: drawings.count, by: columns) {
      let row = drawings[start..<min(start + columns, drawings.count)]
      var x = margin
      for drawing in row {
        picture.group(x: x, y: y, drawing.svg)
        x += drawing.width + margin
      }
      width = max(width, x)
      y += (row.map(\.height).max() ?? 0) + margin
    }
    return picture.document(width: width, height: y)
  }

  /// Writes the picture as an SVG file.
  ///
  /// - Throws: ``FileError`` naming the file; then none is left half-written.
  public func write(to path: String) throws(FileError) {
    try svg().utf8.writeWhole(to: path)
  }
}
