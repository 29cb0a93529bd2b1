import ArgumentParser

/// Whether a person or a program reads what is written.
struct FormOptions: ParsableArguments {
  @Flag(help: "Write JSON, one object a line.")
  var json = false
}
