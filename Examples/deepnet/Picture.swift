import ExampleSupport
import Leibniz
import LeibnizTools

/// How large the gradients are in each layer before training, and how the losses fell.
func picture(of results: [Result]) -> SVGFigure {
  var flow = SVGPlot(
    "Gradients before training", x: SVGPlot.Axis("hidden layer"),
    y: SVGPlot.Axis("root mean square", scale: .logarithmic), width: 420)
  var course = SVGPlot(
    "Training", x: SVGPlot.Axis("epoch"), y: SVGPlot.Axis("hinge loss"), width: 420)
  for result in results {
    // The modules with weights are the layers; a normalisation has two numbers a feature.
    let layers = result.flow.rows.filter { row in
      row.count > 0 && !(result.model.modules[row.index] is BatchNorm)
    }
    flow.addLine(
      x: layers.indices.map { Double($0 + 1) }, y: layers.map(\.gradientRMS),
      label: result.remedy.rawValue)
    course.addLine(
      x: result.history.indices.map { Double($0 + 1) }, y: result.history.map(\.loss),
      label: "\(percent(result.accuracy)): \(result.remedy.rawValue)")
  }
  return SVGFigure(flow, course, columns: 1)
}
