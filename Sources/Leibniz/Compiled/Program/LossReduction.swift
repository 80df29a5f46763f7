/// How the losses of a batch, and with them their gradients, become one.
public enum LossReduction: Sendable {
  /// The average, so that a step does not depend on the size of the batch.
  case mean
  /// The sum.
  case sum
}
