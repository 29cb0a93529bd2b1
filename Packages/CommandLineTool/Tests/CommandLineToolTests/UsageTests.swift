import Testing

/// Wrong usage: code 64, nothing on standard output, nothing written, one line that says what was expected and what came.
struct UsageTests {
  static let training = ["train", "--model", "lenet5", "--dataset", "digits", "--output", "run"]

  @Test(
    arguments: [
      (["--epochs", "0"], "whole number from 1"), (["--epochs", "-3"], "'-3'"), (["--epochs", "two"], "'two'"),
      (["--epochs", "99999999999999999999"], "whole number from 1"), (["--batch-size", "0"], "'0'"),
      (["--batch-size", "1.5"], "'1.5'"), (["--threads", "0"], "whole number from 1"), (["--threads", "-1"], "'-1'"),
      (["--learning-rate", "0"], "finite number above 0"), (["--learning-rate", "-0.1"], "'-0.1'"),
      (["--learning-rate", "nan"], "finite number above 0"), (["--learning-rate", "inf"], "'inf'"),
      (["--momentum", "1"], "below 1"), (["--weight-decay", "-1"], "at least 0"), (["--seed", "-1"], "'-1'"),
      (["--label-smoothing", "1"], "below 1"), (["--label-smoothing", "-0.1"], "'-0.1'"), (["--shift", "-1"], "'-1'"),
      (["--shift", "0.5"], "whole number from 0"),
      (["--shift", "32"], "--shift: expected a whole number from 0 to 31"),
      (["--optimizer", "sdg"], "'--optimizer <optimizer>': expected one of sgd, adam, "),
      (["--schedule", "cosinus"], "cosine"), (["--logs", "csv,xml"], "'--logs <forms>': expected one of csv, jsonl"),
      (["--average", "all"], "'--average <average>': expected one of exponential, equal"), (["--bogus"], "--bogus"),
      (["--epochs"], "--epochs"), (["--quiet", "--json"], "--json"), (["extra"], "extra"),
      (["--optimizer", "adam", "--momentum", "0.9"], "--momentum"), (["--data", "."], "built in"),
      (["--resume", "run"], "--model"), (["--download"], "--data"), (["--output", ""], "expected a folder, found ''"),
    ])
  func refuses(arguments: [String], words: String) throws {
    let place = try TemporaryFolder()
    let result = try place.program.start(Self.training + arguments).result()
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    #expect(place.names().isEmpty)
  }

  @Test func namesTheNearestModelAndDataset() throws {
    let program = try TemporaryFolder().program
    let model = try program.run("train", "--model", "lenet", "--dataset", "digits")
    #expect(model.status == 64)
    #expect(model.oneLine?.contains("found 'lenet'; did you mean lenet5 or alexnet or lenet28?") == true)
    let dataset = try program.run("train", "--model", "lenet5", "--dataset", "fashion-minst")
    #expect(dataset.status == 64)
    #expect(dataset.oneLine?.contains("found 'fashion-minst'; did you mean fashion-mnist?") == true)
    let far = try program.run("train", "--model", "lenet5", "--dataset", "zebra")
    #expect(far.oneLine?.contains("did you mean") == false)
    #expect(far.oneLine?.contains("digits, mnist, fashion-mnist") == true)
  }

  @Test func namesTheNearestCommand() throws {
    let result = try TemporaryFolder().program.run("trian", "--model", "lenet5")
    #expect(result.status == 64)
    #expect(
      result.oneLine
        == "needletail: command: expected one of train, search, evaluate, predict, datasets, run, gradients, models, summary, inspect, check, rate, benchmark, profile, doctor, help, found 'trian'; did you mean train?"
    )
  }

  @Test func needsModelDatasetAndData() throws {
    let program = try TemporaryFolder().program
    for arguments in [[], ["--model", "lenet5"], ["--model", "lenet5", "--dataset", "mnist"]] {
      let result = try program.start(["train"] + arguments).result()
      #expect(result.status == 64)
      #expect(result.oneLine?.contains("found none") == true, "\(result.complaint)")
    }
  }

  @Test(
    arguments: [
      ("NEEDLETAIL_ISA", "neon9"), ("NEEDLETAIL_THREADS", "0"), ("NEEDLETAIL_THREADS", "many"),
      ("NEEDLETAIL_THREADS", "1000000"),
    ])
  func refusesTheEnvironment(variable: String, value: String) throws {
    let place = try TemporaryFolder()
    var program = place.program
    program.environment = [variable: value]
    let result = try program.start(Self.training).result()
    #expect(result.status == 64)
    #expect(result.oneLine?.contains(variable) == true)
    #expect(result.oneLine?.contains(value) == true)
    #expect(place.names().isEmpty)
  }
}
