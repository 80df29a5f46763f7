import Foundation
import LeibnizTools

/// The pole at several times, the later the darker, and the force over time.
func picture(of motion: [[Double]], forces: [Double]) -> SVGFigure {
  let places = motion.map { $0[0] }
  let (left, right) = (places.min()! - 0.7, places.max()! + 0.7)
  let width = 640.0
  var poles = SVGPlot(
    "Cart and pole", x: SVGPlot.Axis("m", range: left...right),
    y: SVGPlot.Axis("m", range: -0.7...0.7), width: width,
    height: 80 + width * 1.4 / (right - left))
  func tip(_ state: [Double]) -> (x: Double, y: Double) {
    let state = (place: state[0], angle: state[2])
    return (
      state.place + CartPole.poleLength * sin(state.angle),
      -CartPole.poleLength * cos(state.angle)
    )
  }
  for i in stride(from: 0, to: motion.count, by: max(1, motion.count / 25)) {
    let (cart, tip) = (motion[i][0], tip(motion[i]))
    let color = SVGPlot.Color.blue.opacity(0.2 + 0.8 * Double(i) / Double(motion.count))
    poles.addLine(x: [cart, tip.x], y: [0, tip.y], color: color)
    poles.addPoints(x: [cart], y: [0], color: color)
  }
  poles.addLine(
    x: motion.map { tip($0).x }, y: motion.map { tip($0).y }, label: "tip of the pole",
    color: .orange, marksEnds: true)
  var force = SVGPlot("Force", x: SVGPlot.Axis("s"), y: SVGPlot.Axis("N"), width: width)
  force.addLine(x: forces.indices.map { Double($0) * CartPole.timeStep }, y: forces)
  return SVGFigure(poles, force, columns: 1)
}
