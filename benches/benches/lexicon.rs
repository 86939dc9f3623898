//! All cases under criterion: `cargo bench -p semrel-benches`.

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use semrel_benches::cases::{Case, Subjects};
use semrel_benches::{Fixture, corpus};

fn measure(criterion: &mut Criterion, cases: &mut [Case<'_>]) {
    for case in cases {
        let mut group = criterion.benchmark_group(case.question);
        group.throughput(Throughput::Elements(case.calls as u64));
        group.sampling_mode(SamplingMode::Flat).sample_size(30);
        let id = BenchmarkId::from_parameter(case.system.as_str());
        group.bench_function(id, |bencher| bencher.iter(|| case.run()));
        group.finish();
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let records = corpus::records().unwrap_or_else(|e| {
        eprintln!("{e}");
        std::process::exit(2);
    });
    let (place, _) = Fixture::prepare(folder.path(), &records).expect("a fixture");
    place.compare_answers().expect("the same answers");
    let database = place.sqlite().expect("a database in memory");
    let subjects = Subjects::open(&place, &database).expect("a complete fixture");
    measure(&mut criterion, &mut subjects.lookups());
    measure(&mut criterion, &mut subjects.openings());
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10);
    group.bench_function("corpus", |bencher| bencher.iter(|| corpus::build(&records)));
    group.finish();
    criterion.final_summary();
}
