/// Decides whether the steps of a least-squares fit are Newton's, for which the residuals' own curvature
/// is computed too, by trying them where Gauss and Newton's make little of the cost.
///
/// Where residuals stay large and curved, JᵀJ tells little of the curvature of the cost, and steps are
/// damped until they are many. In curved valleys, though, bent steps are the better ones. So Newton's
/// are taken ten at a time, as long as they make the cost fall faster than those before.
///
/// Source: the choice between the two models is that of Dennis, Gay and Welsch, *An adaptive nonlinear
/// least-squares algorithm*, 1981.
struct SecondOrderTrials {
  /// Whether the next step is Newton's.
  private(set) var areOn = false
  private var steps = 0
  private var cost: Double
  /// By how much each of the steps before changed the logarithm of the cost.
  private var change = 0.0
  private var patience = 10

  init(cost: Double) { self.cost = cost }

  /// Notes the cost after a step.
  mutating func note(_ next: Double) {
    steps += 1
    if steps < (areOn ? 10 : patience) { return }
    let change = (next.log() - cost.log()) / Double(steps)
    if areOn {
      areOn = change <= self.change
      if !areOn { patience *= 2 }
    } else {
      areOn = change > -0.1
    }
    self.change = change
    steps = 0
    cost = next
  }
}
