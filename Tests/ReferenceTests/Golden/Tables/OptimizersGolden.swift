import Optimizers

extension GoldenFamily {
  static let optimizers = GoldenFamily("optimizers") {
    Golden(optimizer: "sgd") { SGD($0, learningRate: 0.1) }
    Golden(optimizer: "sgd decay") { SGD($0, learningRate: 0.1, weightDecay: 0.05) }
    Golden(optimizer: "sgd momentum") { SGD($0, learningRate: 0.1, momentum: 0.9) }
    Golden(optimizer: "sgd momentum decay") { SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.05) }
    Golden(optimizer: "sgd dampening") {
      SGD($0, learningRate: 0.1, momentum: 0.9, dampening: 0.3, weightDecay: 0.05)
    }
    Golden(optimizer: "sgd nesterov") {
      SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.05)
    }
    Golden(optimizer: "adagrad") { AdaGrad($0, learningRate: 0.1) }
    Golden(optimizer: "adagrad decay") { AdaGrad($0, learningRate: 0.1, weightDecay: 0.05) }
    Golden(optimizer: "adagrad start") { AdaGrad($0, learningRate: 0.1, initialAccumulator: 0.5) }
    Golden(optimizer: "rmsprop") { RMSProp($0, learningRate: 0.01) }
    Golden(optimizer: "rmsprop momentum decay") {
      RMSProp($0, learningRate: 0.01, rho: 0.9, momentum: 0.9, weightDecay: 0.05)
    }
    Golden(optimizer: "rmsprop centered") { RMSProp($0, learningRate: 0.01, centered: true, weightDecay: 0.05) }
    Golden(optimizer: "rmsprop centered momentum") {
      RMSProp($0, learningRate: 0.01, momentum: 0.5, centered: true)
    }
    Golden(optimizer: "adadelta") { AdaDelta($0) }
    Golden(optimizer: "adadelta decay") { AdaDelta($0, learningRate: 0.5, rho: 0.95, weightDecay: 0.05) }
    Golden(optimizer: "rprop") { Rprop($0, learningRate: 0.01) }
    Golden(optimizer: "rprop factors") {
      Rprop($0, learningRate: 0.02, grow: 1.3, shrink: 0.6, stepSizes: 0.005...0.05)
    }
    Golden(optimizer: "adam") { Adam($0, learningRate: 0.01) }
    Golden(optimizer: "adam decay") {
      Adam($0, learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-4, weightDecay: 0.05)
    }
    Golden(optimizer: "adam amsgrad") {
      Adam($0, learningRate: 0.01, beta2: 0.5, weightDecay: 0.05, amsgrad: true)
    }
    Golden(optimizer: "adam uncorrected") { Adam($0, learningRate: 0.01, biasCorrection: false) }
    Golden(optimizer: "adamw") { AdamW($0, learningRate: 0.01) }
    Golden(optimizer: "adamw decay") {
      AdamW($0, learningRate: 0.01, beta1: 0.8, beta2: 0.95, weightDecay: 0.2)
    }
    Golden(optimizer: "adamw amsgrad") {
      AdamW($0, learningRate: 0.01, beta2: 0.5, weightDecay: 0.2, amsgrad: true)
    }
    Golden(optimizer: "nadam") { NAdam($0, learningRate: 0.01) }
    Golden(optimizer: "nadam decay") { NAdam($0, learningRate: 0.01, momentumDecay: 0.01, weightDecay: 0.05) }
    Golden(optimizer: "nadam decoupled") {
      NAdam($0, learningRate: 0.01, weightDecay: 0.05, decoupledWeightDecay: true)
    }
    Golden(optimizer: "radam") { RAdam($0, learningRate: 0.01) }
    Golden(optimizer: "radam decay") {
      RAdam($0, learningRate: 0.01, beta1: 0.8, beta2: 0.9, epsilon: 1e-4, weightDecay: 0.05)
    }
    Golden(optimizer: "radam decoupled") {
      RAdam($0, learningRate: 0.01, beta2: 0.95, weightDecay: 0.05, decoupledWeightDecay: true)
    }
    Golden(optimizer: "adamax") { AdaMax($0, learningRate: 0.01) }
    Golden(optimizer: "adamax decay") { AdaMax($0, learningRate: 0.01, beta1: 0.8, beta2: 0.9, weightDecay: 0.05) }
    Golden(optimizer: "lion") { Lion($0, learningRate: 0.01) }
    Golden(optimizer: "lion decay") { Lion($0, learningRate: 0.01, beta1: 0.95, beta2: 0.98, weightDecay: 0.2) }
    Golden(optimizer: "lars") { LARS($0, learningRate: 1, momentum: 0, trust: 0.01, adaptsVectors: true) }
    Golden(optimizer: "lars momentum decay") {
      LARS($0, learningRate: 1, trust: 0.01, weightDecay: 0.05, adaptsVectors: true)
    }
  }
}
