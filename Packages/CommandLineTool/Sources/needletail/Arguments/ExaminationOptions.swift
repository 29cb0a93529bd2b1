import ArgumentParser
import Models

/// A network that is looked at before it is trained, with the images that it would be trained on.
struct ExaminationOptions: ParsableArguments {
  @OptionGroup var network: ModelArgument

  @Option(help: Wording.dataset, completion: .list(DatasetLookup.names))
  var dataset: String

  @OptionGroup var data: DataOptions
  @OptionGroup var seed: SeedOption

  /// The network with its images; what there is to say of them goes to standard output unless that is for a program.
  func subject(_ form: FormOptions) async throws -> TrainingSubject {
    try await TrainingSubject(
      ModelLookup.classifier(named: network.model, place: "model"), dataset: dataset, data, seed: seed.value,
      saying: form.json ? { _ in } : Console.print)
  }
}
