import ExampleSupport
import Leibniz
import LeibnizTools

/// How large the gradients are in each layer before training, and how the losses fell.
func picture(of results: [Result]) -> Figure {
  var flow = Plot(
    "Gradients before training", x: Plot.Axis("hidden layer"),
    y: Plot.Axis("root mean square", scale: .logarithmic), width: 420)
  var course = Plot("Training", x: Plot.Axis("epoch"), y: Plot.Axis("hinge loss"), width: 420)
  for result in results {
    // The modules with weights are the layers; a normalisation has two numbers a feature.
    let layers = result.flow.rows.filter { row in
      row.count > 0 && !(result.model.modules[row.place] is BatchNorm)
    }
    flow.line(
      x: layers.indices.map { Double($0 + 1) }, y: layers.map(\.gradientSize),
      label: result.remedy.rawValue)
    course.line(
      x: result.history.indices.map { Double($0 + 1) }, y: result.history.map(\.loss),
      label: "\(percent(result.accuracy)): \(result.remedy.rawValue)")
  }
  return Figure(flow, course, columns: 1)
}
