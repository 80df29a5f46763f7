extension Trainer {
  /// Compiles the step, if the program agrees with eager mode.
  func compile(for training: Dataset) {
    (compiled, whyNotCompiled) = (nil, nil)
    guard isCompiled else { return }
    do {
      compiled = try CompiledTraining(self, on: training)
    } catch let refusal as CompiledTraining.Refusal {
      whyNotCompiled = refusal.reason
    } catch {
      whyNotCompiled = "\(error)"
    }
  }

  /// Learns from a batch.
  package func step(on batch: Dataset) throws {
    if let schedule {
      optimizer.learningRate = schedule(progress.step) * progress.plateauFactor
    }
    let features = batch.features.map { augment?($0, &generator) ?? $0 }
    let beforeDraws = generator
    let (loss, outputs) = try backward(features, batch.targets)
    guard loss.isFinite, optimizer.parameters.allSatisfy({ $0.grad.isFinite }) else {
      generator = beforeDraws
      throw TrainingError.notFinite(
        epoch: progress.epoch, step: progress.step,
        cause: compiled?.firstNonFinite()
          ?? eagerLoss(features, batch.targets).total.firstNonFinite().map { "\($0)" }
          ?? "a sum of gradients")
    }
    clipping?.clip(optimizer.parameters)
    optimizer.step()
    progress.batch += 1
    progress.step += 1
    progress.lossSum += loss * Double(batch.count)
    if let isCorrect, let outputs {
      progress.correctCount += zip(outputs, batch.targets).count { isCorrect($0, $1) }
    }
  }

  /// Sets the parameters' gradients from a batch's loss; returns the outputs if they are needed.
  private func backward(
    _ features: [[Double]], _ targets: [[Double]]
  ) throws -> (loss: Double, outputs: [[Double]]?) {
    optimizer.zeroGrad()
    if compiled != nil {
      return try compiled!.backward(
        features, targets, wantsOutputs: isCorrect != nil, threads: threads, using: &generator)
    }
    let (total, outputs) = eagerLoss(features, targets)
    return (total.data, isCorrect == nil ? nil : outputs.map { $0.map { $0.data } })
  }

  /// The loss of a batch as a graph, with its gradients, and the outputs.
  private func eagerLoss(
    _ features: [[Double]], _ targets: [[Double]]
  ) -> (total: Value, outputs: [[Value]]) {
    let outputs = model.trainingOutputs(for: features, using: &generator)
    let mean = Value.mean(zip(outputs, targets).map { loss($0, $1.map(Value.constant)) })
    let total = penalty.map { mean + $0(model) } ?? mean
    optimizer.zeroGrad()
    total.backward()
    return (total, outputs)
  }

  /// The mean loss and the fraction of correct answers on some samples, by inference.
  public func evaluate(_ data: Dataset) -> (loss: Double, accuracy: Double?) {
    require(data.count > 0, "There are no samples to evaluate on.")
    var sum = 0.0
    var correct = 0
    func count(_ loss: Double, _ output: [Double], _ target: [Double]) {
      sum += loss
      if isCorrect?(output, target) == true { correct += 1 }
    }
    if let inference = compiledInference(for: data) {
      inference.forEach(data, count)
    } else {
      for (x, target) in data {
        let output: [Double] = model.outputs(for: x)
        count(loss(output.map(Value.constant), target.map(Value.constant)).data, output, target)
      }
    }
    let count = Double(data.count)
    return (sum / count, isCorrect == nil ? nil : Double(correct) / count)
  }

  /// The program of inference, if it computes the same as plain inference, and samples are enough
  /// for it to be worth recording.
  private func compiledInference(for data: Dataset) -> CompiledInference? {
    guard isCompiled, data.count >= 16 else { return nil }
    if inference?.fits(data) != true { inference = CompiledInference(self, on: data) }
    return inference?.isUsable == true ? inference : nil
  }
}
