import ArgumentParser
@main struct DiaryCommand: ParsableCommand { func run() throws { print("diary") } }
