// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingEarlyStopping1() throws {
  let plan = TrainingPlan(earlyStopping: EarlyStopping(patience: 5))
  _ = plan
}

func snippetTrainingGradientClipping1() throws {
  var plan = TrainingPlan(average: AveragePlan(.exponential(decay: 0.999)))
  plan.average = AveragePlan(.equal, from: 20)  // stochastic weight averaging over the epochs from the 20th on
  _ = plan
}

func snippetTrainingLayerChoices1() throws {
  let plan = TrainingPlan(frozen: [FrozenLayers("features", epochs: 1...3)])  // only the classifier learns at first
  _ = plan
}

func snippetTrainingLayerChoices2() throws {
  let plan = TrainingPlan(layerRates: [LayerRate("features", factor: 0.1)])  // ten times slower than the classifier
  _ = plan
}

func snippetTrainingTrainingPlan1() throws {
  var plan = TrainingPlan()
  plan.earlyStopping = EarlyStopping(patience: 5)
  plan.clipping = .norm(1)
  plan.average = AveragePlan(.exponential(decay: 0.999))
  plan.frozen = [FrozenLayers("features", epochs: 1...3)]
  _ = plan
}
