import Foundation
import Optimizers
import Testing
import Training

/// What `train` does beside taking steps: every option in `--dry-run`, in trainings, and wrong.
struct PlanOptionsTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  private struct Planned: Decodable {
    let settings: RunSettings
    let trainingCount: Int
    let validationCount: Int
    let stepCount: Int
  }

  private func planned(_ options: [String]) throws -> Planned {
    let result = try place.program.start(
      ["train", "--model", "lenet5", "--dataset", "digits", "--dry-run", "--json"] + options
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    return try JSONDecoder().decode(Planned.self, from: Data(result.output.utf8))
  }

  @Test func everyOptionReachesThePlan() throws {
    let cases: [([String], TrainingPlan)] = [
      ([], TrainingPlan()),
      (["--validation", "0.1", "--early-stopping", "4"], TrainingPlan(earlyStopping: EarlyStopping(patience: 4))),
      (
        ["--validation", "0.1", "--early-stopping", "4", "--minimum-change", "0.01", "--watch", "accuracy"],
        TrainingPlan(earlyStopping: EarlyStopping(patience: 4, minimumChange: 0.01, watching: .accuracy))
      ),
      (["--accumulation", "4"], TrainingPlan(accumulation: 4)),
      (["--unchecked-gradients"], TrainingPlan(checksGradients: false)),
      (["--clip-norm", "0.5"], TrainingPlan(clipping: .norm(0.5))),
      (["--clip-value", "0.1"], TrainingPlan(clipping: .value(0.1))),
      (["--average", "exponential"], TrainingPlan(average: AveragePlan(.exponential(decay: 0.999)))),
      (
        ["--average", "exponential", "--average-decay", "0.9", "--average-from", "3"],
        TrainingPlan(average: AveragePlan(.exponential(decay: 0.9), from: 3))
      ),
      (["--average", "equal", "--average-from", "20"], TrainingPlan(average: AveragePlan(.equal, from: 20))),
      (
        ["--freeze", "features.0,features.3:2-4,classifier.2:1"],
        TrainingPlan(frozen: [
          FrozenLayers("features.0"), FrozenLayers("features.3", epochs: 2...4),
          FrozenLayers("classifier.2", epochs: 1...1),
        ])
      ),
      (
        ["--layer-rate", "features.0=0.1,classifier.2.weight=2"],
        TrainingPlan(layerRates: [LayerRate("features.0", factor: 0.1), LayerRate("classifier.2.weight", factor: 2)])
      ),
      (["--step-budget", "500", "--time-budget", "90.5"], TrainingPlan(stepBudget: 500, timeBudget: 90.5)),
    ]
    for (options, plan) in cases { #expect(try planned(options).settings.plan == plan, "\(options)") }
    let kept = try planned(["--validation", "0.1", "--early-stopping", "4", "--keep", "last", "--metrics", "top-2,f1"])
    #expect(kept.settings.keptWeights == .last && kept.settings.metrics == ["top-2", "f1"])
    // 1,438 training images, of which a tenth of each class.
    #expect(kept.trainingCount + kept.validationCount == 1438 && abs(kept.validationCount - 144) <= 5)
    #expect(try planned(["--step-budget", "500"]).stepCount == 500)
  }

  @Test func aFileHasTheSameWords() throws {
    try place.write(
      Array(
        """
        { "validation": 0.1, "early-stopping": 5, "watch": "accuracy", "freeze": ["features.0:1-2", "classifier.2"], "layer-rate": "features.3=0.5",
          "metrics": ["top-2", "perplexity"], "schedule": "plateau", "schedule-patience": 1, "average": "equal" }
        """.utf8), to: "c.json")
    let settings = try planned(["--config", "c.json", "--early-stopping", "7"]).settings
    #expect(settings.plan.earlyStopping == EarlyStopping(patience: 7, watching: .accuracy))
    #expect(settings.plan.frozen == [FrozenLayers("features.0", epochs: 1...2), FrozenLayers("classifier.2")])
    #expect(settings.metrics == ["top-2", "perplexity"] && settings.plan.average == AveragePlan(.equal))
    #expect(settings.schedule == .plateau(factor: 0.1, patience: 1, watching: .accuracy, finalRate: 0))
  }

  @Test func dryRunTellsIt() throws {
    let result = try place.program.start(
      [
        "train", "--model", "lenet5", "--dataset", "digits", "--dry-run", "--validation", "0.1", "--early-stopping",
        "4",
        "--schedule", "plateau", "--clip-norm", "2", "--accumulation", "4", "--freeze", "features.0:1-2",
        "--layer-rate",
        "classifier.2=0.5",
        "--average", "exponential", "--step-budget", "1000", "--metrics", "top-2",
      ]
    ).result()
    #expect(result.status == 0)
    for words in [
      "validation and 359 test images", "1,000 steps in all", "without better validation",
      "ends early after 4 epochs without a better validation loss or 1,000 steps",
      "gradients: accumulated over 4 parts of a step's images, norm at most 2.0",
      "layers: features.0 frozen in epochs 1 to 2, classifier.2 at 0.5 times the rate",
      "weights: exponential average with decay 0.999 from epoch 1 on, the best epoch's are kept",
      "measured further: top-2",
    ] { #expect(result.output.contains(words), "\(words) in \(result.output)") }
    #expect(place.names().isEmpty)
  }

  @Test func endsEarlyAndKeepsTheBest() throws {
    let result = try place.program.start(
      [
        "train", "--model", "lenet5", "--dataset", "digits", "--epochs", "60", "--output", "run", "--validation", "0.2",
        "--early-stopping", "1", "--metrics", "top-2", "--schedule", "constant",
      ]
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    #expect(place.names("run") == ["best.safetensors"] + resultNames)
    let record = try RunFolder(place.path + "/run").readRecord()
    let best = try #require(record.bestEpoch)
    #expect(record.ending == .earlyStopping && record.epochs.count == best + 1 && best < 59)
    #expect(result.output.contains("ended early: no better validation loss in 1 epoch"))
    #expect(result.output.contains("best epoch by validation loss: \(best); its weights are kept"))
    #expect(
      result.lines.filter { $0.hasPrefix("epoch") }.allSatisfy {
        $0.contains("validation loss") && $0.contains("top-2 0.")
      })
    #expect(try place.bytes("run/best.safetensors") == place.bytes("run/model.safetensors"))
    let evaluated = try place.program.run("evaluate", "run", "--json")
    #expect(evaluated.status == 0)
    #expect(try place.text("run/log.csv").contains("validation_loss,validation_accuracy,validation_top_2,test_top_2"))
  }

  /// Everything at once, twice: with other numbers of threads the same weights.
  @Test func trainsWithAPlan() throws {
    let options = [
      "--accumulation", "3", "--clip-value", "0.5", "--average", "exponential", "--average-decay", "0.9", "--freeze",
      "features.0:1",
      "--layer-rate", "features.3=0.5", "--validation", "0.1", "--step-budget", "60",
    ]
    for (folder, threads) in [("one", "1"), ("two", "2")] {
      let result = try place.program.start(
        shortTraining.dropLast() + [folder, "--json", "--threads", threads] + options
      ).result()
      #expect(result.status == 0, "\(result.complaint)")
      #expect(result.objects.last??["ending"] as? String == "stepBudget")
      let epochs = result.objects.compactMap { $0 }.filter { $0["event"] as? String == "epoch" }
      #expect(epochs.last?["step"] as? Int == 60 && epochs.last?["validationAccuracy"] is Double)
    }
    #expect(try place.bytes("one/model.safetensors") == place.bytes("two/model.safetensors"))
  }

  /// A rate at which LeNet-5 cannot stay finite: the message names the step, and the checkpoint of the epoch before loads.
  @Test func aDivergenceIsNamed() throws {
    let result = try place.program.start(
      [
        "train", "--model", "lenet5", "--dataset", "digits", "--epochs", "3", "--output", "run", "--learning-rate",
        "1e38", "--schedule", "constant", "--quiet",
      ]
    ).result()
    #expect(result.status == 1)
    #expect(
      result.oneLine?.contains(" step ") == true, "\(result.complaint)"
    )
    #expect(result.oneLine?.contains("the training diverged at a learning rate of 1e+38") == true)
  }

  @Test(
    arguments: [
      (["--validation", "1"], "below 1"), (["--validation", "0.00001"], "--validation: expected a fraction"),
      (["--early-stopping", "0", "--validation", "0.1"], "'0'"),
      (["--early-stopping", "3"], "--early-stopping: expected validation images to choose by, found none"),
      (["--minimum-change", "1"], "--early-stopping"), (["--watch", "loss"], "--watch is for"),
      (["--watch", "f1"], "'f1'"), (["--keep", "first"], "'first'"), (["--accumulation", "0"], "'0'"),
      (["--clip-norm", "0"], "above 0"), (["--clip-norm", "1", "--clip-value", "1"], "exclude each other"),
      (["--clip-value", "nan"], "'nan'"), (["--average", "mean"], "'mean'"),
      (["--average", "equal", "--average-decay", "0.9"], "--average exponential"),
      (["--average-from", "2"], "--average"),
      (["--average", "exponential", "--average-decay", "1"], "below 1"),
      (["--freeze", "c9"], "--freeze: expected a layer of the network, such as"),
      (["--freeze", "features.0:5-1"], "conv1:1-5"),
      (["--freeze", "features.0:0"], "conv1:1-5"), (["--freeze", "features.0,"], "expected layers"),
      (["--freeze", "features.0:1-2-3"], "conv1:1-5"),
      (["--layer-rate", "features.0"], "conv1=0.1"), (["--layer-rate", "features.0=-1"], "conv1=0.1"),
      (["--layer-rate", "x=1"], "--layer-rate: expected a layer of the network"), (["--step-budget", "0"], "'0'"),
      (["--time-budget", "-1"], "'-1'"), (["--metrics", "top-0"], "top-5"), (["--metrics", "rank"], "'rank'"),
    ])
  func refuses(arguments: [String], words: String) throws {
    let result = try place.program.start(UsageTests.training + arguments).result()
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    #expect(place.names().isEmpty)
  }

  @Test func aResumedRunHasItsOwnPlan() throws {
    for option in [
      ["--early-stopping", "1"], ["--validation", "0.1"], ["--freeze", "features.0"], ["--metrics", "f1"],
    ] {
      let result = try place.program.start(["train", "--resume", "run"] + option).result()
      #expect(result.status == 64 && result.oneLine?.contains("without \(option[0])") == true, "\(result.complaint)")
    }
  }
}
