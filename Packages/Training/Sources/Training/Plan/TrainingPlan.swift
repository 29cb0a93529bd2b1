import Optimizers

/// What a training does beside taking steps: when it ends, what becomes of gradients and weights, which layers learn.
///
/// ```swift
/// var plan = TrainingPlan()
/// plan.earlyStopping = EarlyStopping(patience: 5)
/// plan.clipping = .norm(1)
/// plan.average = AveragePlan(.exponential(decay: 0.999))
/// plan.frozen = [FrozenLayers("features", epochs: 1...3)]
/// ```
/// A plan that is left as it is changes nothing. All that it needs to go on after a stop is in ``TrainerState``.
public struct TrainingPlan: Sendable, Hashable, Codable {
  /// Ends the training when validation no longer gets better. Default: never.
  public var earlyStopping: EarlyStopping?
  /// Multiplies the schedule's rate by a factor, at first 1, that is lowered when validation no longer gets better.
  /// It watches the loss, or the accuracy where its goal is the largest. Default: none.
  public var plateau: PlateauSchedule?
  /// The number of parts that a step's batch is calculated in, one after the other: the gradient of the whole batch in the
  /// memory of a part. Batch normalisation and dropout see the parts. Default 1.
  public var accumulation: Int
  /// How large the gradients of a step may be. Default: as they are.
  public var clipping: GradientClipping?
  /// An average of the weights, which the network is measured and saved with. Default: none.
  public var average: AveragePlan?
  /// Layers that do not learn in some epochs. Default: none.
  public var frozen: [FrozenLayers]
  /// Layers that learn at a rate of their own. Default: none.
  public var layerRates: [LayerRate]
  /// The most steps; the training ends after them, measured like a whole epoch. Default: no limit but the epochs.
  public var stepBudget: Int?
  /// The most seconds; the training ends with the step in which they are over, measured like a whole epoch. Time in which the
  /// training was stopped does not count. Default: no limit.
  public var timeBudget: Double?
  /// Whether the gradients of each step are looked at before they change weights, so that a NaN or infinity ends the training
  /// with the weights of the step before. The loss always is. Costs the memory of one copy of the weights and a pass over
  /// it. Default true.
  public var checksGradients: Bool

  /// A plan; see its properties.
  public init(
    earlyStopping: EarlyStopping? = nil, plateau: PlateauSchedule? = nil, accumulation: Int = 1,
    clipping: GradientClipping? = nil, average: AveragePlan? = nil, frozen: [FrozenLayers] = [],
    layerRates: [LayerRate] = [], stepBudget: Int? = nil, timeBudget: Double? = nil, checksGradients: Bool = true
  ) {
    self.earlyStopping = earlyStopping
    self.plateau = plateau
    self.accumulation = accumulation
    self.clipping = clipping
    self.average = average
    self.frozen = frozen
    self.layerRates = layerRates
    self.stepBudget = stepBudget
    self.timeBudget = timeBudget
    self.checksGradients = checksGradients
  }

  /// What the best epoch is chosen by: what early stopping watches, or else the plateau, or else the loss.
  public var watched: WatchedFigure {
    earlyStopping?.watching ?? (plateau?.goal == .largest ? .accuracy : .loss)
  }

  /// The setting that needs validation images; nil if none does.
  var needingValidation: String? { earlyStopping != nil ? "earlyStopping" : plateau != nil ? "plateau" : nil }

  /// Whether gradients must be collected before they change weights.
  var collectsGradients: Bool { checksGradients || accumulation > 1 || clipping != nil }

  /// Checks the numbers.
  ///
  /// - Throws: ``SettingsError`` for the first that cannot be followed.
  public func validate() throws(SettingsError) {
    if let earlyStopping {
      try requireWhole("earlyStopping", earlyStopping.patience)
      try requireNotNegative("minimumChange", earlyStopping.minimumChange)
    }
    if let plateau { try validate(plateau) }
    try requireWhole("accumulation", accumulation)
    switch clipping {
    case .norm(let largest)?: try requirePositive("clipNorm", largest)
    case .value(let largest)?: try requirePositive("clipValue", largest)
    case nil: break
    }
    if let average { try validate(average) }
    for layers in frozen where layers.epochs.lowerBound < 1 {
      throw SettingsError("freeze", expected: "epochs from 1 on", found: "\(layers.epochs.lowerBound)")
    }
    for rate in layerRates { try requireNotNegative("layerRate", rate.factor) }
    if let stepBudget { try requireWhole("stepBudget", stepBudget) }
    if let timeBudget { try requirePositive("timeBudget", timeBudget) }
  }

  private func validate(_ average: AveragePlan) throws(SettingsError) {
    try requireWhole("averageFrom", average.firstEpoch)
    if case .exponential(let decay, _) = average.rule { try requireFraction("averageDecay", decay) }
  }

  private func validate(_ plateau: PlateauSchedule) throws(SettingsError) {
    guard plateau.rate == 1, plateau.best == nil else {
      throw SettingsError("plateau", expected: "a schedule that begins with the factor 1", found: "\(plateau.rate)")
    }
    try requireFraction("scheduleFactor", plateau.factor)
    try requireWhole("schedulePatience", plateau.patience, atLeast: 0)
    try requireNotNegative("threshold", plateau.threshold)
    try requireWhole("cooldown", plateau.cooldown, atLeast: 0)
    try requireNotNegative("finalRate", plateau.lowestRate)
  }
}
