import Foundation
import Testing
import Training

/// Rules and schedules of `train`, `--config` and `--dry-run`.
struct LearningOptionsTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  private struct Plan: Decodable { let settings: RunSettings }

  /// The settings that a run with these options would have.
  private func plan(_ options: [String]) throws -> RunSettings {
    let result = try place.program.start(["train", "--dry-run", "--json"] + options).result()
    #expect(result.status == 0, "\(result.complaint)")
    return try JSONDecoder().decode(Plan.self, from: Data(result.output.utf8)).settings
  }

  private func settings(_ options: [String]) throws -> RunSettings {
    try plan(["--model", "lenet5", "--dataset", "digits", "--epochs", "9"] + options)
  }

  /// Each rule learns: two epochs on the digits, by the usual numbers, recognise far more than one in ten.
  @Test(
    arguments: [
      "adamw", "amsgrad", "nadam", "radam", "adamax", "adagrad", "adadelta", "rmsprop", "rprop", "lion",
      "lars",
    ])
  func everyRuleLearns(rule: String) throws {
    let result = try place.program.start(
      shortTraining + ["--optimizer", rule, "--json", "--schedule", "constant"]
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    let accuracy = try #require(result.objects.last??["testAccuracy"] as? Double)
    #expect(accuracy > 0.3, "\(accuracy)")
    #expect(try RunFolder(place.path + "/run").readRecord().settings.optimizer.name == rule)
  }

  @Test func takesNumbersOfRulesAndSchedules() throws {
    let adamW = try settings(["--optimizer", "adamw", "--weight-decay", "0.05", "--beta2", "0.98"])
    #expect(
      adamW.optimizer
        == .adaptive(.adamw, numbers: RuleNumbers(beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.05)))
    #expect(adamW.learningRate == RecommendedSettings.learningRateOfAdam && adamW.schedule == .cosine)
    let sgd = try settings(["--nesterov", "--momentum", "0.8", "--weight-decay", "0", "--learning-rate", "0.2"])
    #expect(sgd.optimizer == .sgd(momentum: 0.8, nesterov: true, weightDecay: 0) && sgd.learningRate == 0.2)
    #expect(
      try settings(["--optimizer", "adam", "--beta1", "0.5"]).optimizer
        == .adam(beta1: 0.5, beta2: 0.999, epsilon: 1e-8))
    let cases: [([String], ScheduleSettings)] = [
      (["--schedule", "step"], .step(epochs: 3, factor: 0.1)),
      (["--schedule", "step", "--schedule-epochs", "2", "--schedule-factor", "0.5"], .step(epochs: 2, factor: 0.5)),
      (["--schedule", "milestones", "--milestones", "4,7"], .milestones(epochs: [4, 7], factor: 0.1)),
      (["--schedule", "exponential"], .exponential(factor: 0.9)),
      (["--schedule", "linear"], .polynomial(power: 1, finalRate: 0)),
      (["--schedule", "polynomial", "--final-rate", "0.01"], .polynomial(power: 2, finalRate: 0.01)),
      (["--schedule", "restarts", "--schedule-growth", "2"], .restarts(epochs: 3, growth: 2, finalRate: 0)),
      (["--schedule", "inverse-time"], .inverseTime(decay: 1)),
      (["--schedule", "inverse-time", "--schedule-decay", "0.25"], .inverseTime(decay: 0.25)),
      (
        ["--schedule", "plateau", "--validation", "0.1"],
        .plateau(factor: 0.1, patience: 3, watching: .loss, finalRate: 0)
      ),
      (
        [
          "--schedule", "plateau", "--validation", "0.1", "--schedule-patience", "0", "--schedule-factor", "0.5",
          "--final-rate", "0.01", "--watch", "accuracy", "--warmup-epochs", "2",
        ],
        .warmup(epochs: 2, then: .plateau(factor: 0.5, patience: 0, watching: .accuracy, finalRate: 0.01))
      ),
      (
        [
          "--schedule", "plateau", "--validation", "0.1", "--schedule-threshold", "0.01", "--schedule-cooldown", "2",
        ],
        .plateau(factor: 0.1, patience: 3, watching: .loss, finalRate: 0, threshold: 0.01, cooldown: 2)
      ),
      (["--schedule", "one-cycle"], .oneCycle), (["--schedule", "inverse-square-root"], .inverseSquareRoot),
      (["--warmup-epochs", "3", "--final-rate", "0.001"], .warmup(epochs: 3, then: .cosine(finalRate: 0.001))),
    ]
    for (options, schedule) in cases {
      #expect(try settings(options).schedule == schedule)
    }
  }

  @Test func dryRunDoesNothing() throws {
    let result = try place.program.run("train", "--model", "lenet5", "--dataset", "digits", "--dry-run")
    #expect(result.status == 0)
    // 1,438 images in steps of 32 are 45 steps.
    #expect(
      result.output.contains("lenet5 of 61,706 parameters on digits: 1,438 training and 359 test images as 1x32x32"))
    #expect(result.output.contains("30 epochs of 45 steps of up to 32 images, 1,350 steps in all"))
    #expect(result.output.contains("optimizer sgd, momentum 0.9") && result.output.contains("runs/lenet5-digits-N"))
    #expect(place.names().isEmpty)
  }

  @Test func readsOptionsFromAFile() throws {
    try place.write(
      Array(
        """
        { "model": "lenet5", "dataset": "digits", "epochs": 4, "nesterov": true, "quiet": false, "seed": 18446744073709551615,
          "schedule": "milestones", "milestones": [2, 3], "weight-decay": 1e-4, "optimizer": "sgd" }
        """.utf8), to: "c.json")
    let file = try plan(["--config", "c.json"])
    #expect(file.epochs == 4 && file.seed == .max && file.schedule == .milestones(epochs: [2, 3], factor: 0.1))
    #expect(file.optimizer == .sgd(momentum: 0.9, nesterov: true, weightDecay: 1e-4))
    // The command line goes before the file.
    let other = try plan(["--epochs", "7", "--config=c.json", "--weight-decay=0"])
    #expect(other.epochs == 7 && other.optimizer == .sgd(momentum: 0.9, nesterov: true, weightDecay: 0))
  }

  @Test(
    arguments: [
      (#"{ "epoch": 3 }"#, 64, "c.json: expected one of"), (#"{ "epoch": 3 }"#, 64, "did you mean epochs"),
      (#"{ "epochs": "many" }"#, 64, "c.json: The value 'many' is invalid for '--epochs"),
      (#"{ "epochs": null }"#, 1, "c.json: expected a JSON object"),
      ("[1]", 1, "c.json"), ("", 1, "no bytes"), (#"{ "epochs": 3"#, 1, "c.json"),
      (#"{ "config": "c.json" }"#, 64, "c.json"),
      (#"{ "epochs": -3 }"#, 64, "c.json: "), (#"{ "epochs": -3 }"#, 64, "'-3'"),
      (#"{ "beta1": 0.9 }"#, 64, "c.json: --beta1 does not go with --optimizer sgd"),
    ] as [(String, Int32, String)])
  func refusesFiles(text: String, status: Int32, words: String) throws {
    try place.write(Array(text.utf8), to: "c.json")
    let result = try place.program.start(UsageTests.training + ["--dry-run", "--config", "c.json"]).result()
    #expect(result.status == status)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
  }

  @Test(
    arguments: [
      (["--optimizer", "adamw", "--momentum", "0.9"], "--momentum does not go with --optimizer adamw"),
      (["--beta1", "0.9"], "--beta1 does not go with --optimizer sgd"),
      (["--optimizer", "rprop", "--epsilon", "1"], "--epsilon"),
      (["--optimizer", "lion", "--nesterov"], "--nesterov"), (["--beta2", "1", "--optimizer", "adam"], "below 1"),
      (["--trust", "0", "--optimizer", "lars"], "above 0"), (["--nesterov", "--momentum", "0"], "--nesterov"),
      (["--schedule", "milestones"], "--milestones"),
      (["--milestones", "3"], "--milestones does not go with --schedule cosine"),
      (["--schedule", "milestones", "--milestones", "3,x"], "'3,x'"),
      (["--schedule", "milestones", "--milestones", ""], "''"),
      (["--schedule", "constant", "--final-rate", "0"], "--final-rate"),
      (["--schedule", "exponential", "--schedule-factor", "2"], "--schedule-factor"),
      (["--schedule", "plateau"], "--schedule: expected validation images to choose by, found none"),
      (["--schedule", "plateau", "--schedule-patience", "-1"], "'-1'"),
      (["--schedule", "plateau", "--validation", "0.1", "--schedule-factor", "1"], "--schedule-factor"),
      (["--schedule", "inverse-time", "--schedule-decay", "-1"], "at least 0"), (["--schedule-decay", "1"], "cosine"),
      (["--schedule-patience", "1"], "--schedule cosine"),
      (["--warmup-epochs", "0"], "'0'"), (["--resume", "run", "--dry-run"], "--model"), (["--config"], "--config"),
      (["--config", "none.json"], "none.json"), (["--data", ""], "--data: expected a folder, found ''"),
    ])
  func refuses(arguments: [String], words: String) throws {
    let result = try place.program.start(UsageTests.training + arguments).result()
    #expect(result.status == (words == "none.json" ? 1 : 64))
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    #expect(place.names().isEmpty)
  }
}
