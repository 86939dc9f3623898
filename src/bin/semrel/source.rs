//! Which pack, which entries of the user and which part of it all a command works with.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use semrel::{Error, Overlay, Pack, RelationAnswer, Result, Semrel};

/// Options shared by all commands that ask the lexicon.
#[derive(Debug, clap::Args)]
pub(crate) struct Source {
    /// A pack file or folder, instead of the built-in Turkish pack
    #[arg(long, value_name = "PATH", env = "SEMREL_PACK")]
    pub(crate) pack: Option<PathBuf>,
    /// Your own entries: labelled pairs, one-way rules and {"forbid":[A,B]} as JSON Lines
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
}

impl Source {
    pub(crate) fn open(&self) -> Result<Semrel> {
        let overlay = match &self.overlay {
            None => Overlay::new(),
            Some(path) => {
                let shown = path.display();
                let file = File::open(path)
                    .map_err(|e| Error::io(format_args!("cannot read {shown}"), e))?;
                Overlay::read(BufReader::new(file)).map_err(|e| e.context(shown))?
            }
        };
        Semrel::with_overlay(self.open_pack()?, overlay)
    }

    pub(crate) fn open_pack(&self) -> Result<Pack> {
        match &self.pack {
            Some(path) => Pack::open(path),
            #[cfg(feature = "tr")]
            None => Pack::turkish(),
            #[cfg(not(feature = "tr"))]
            None => Err(Error::invalid(
                "this program was built without the Turkish pack: name one with --pack",
            )),
        }
    }
}

/// Options shared by the commands that ask how two terms relate.
#[derive(Debug, clap::Args)]
pub(crate) struct Knowledge {
    /// Ask the models alone, not the lexicon
    #[arg(long)]
    no_lexicon: bool,
}

impl Knowledge {
    pub(crate) fn relation<'s>(
        &self,
        semrel: &'s Semrel,
        a: &str,
        b: &str,
    ) -> Result<Option<RelationAnswer<'s>>> {
        match self.no_lexicon {
            true => semrel.relation_by_model(a, b).map(Some),
            false => semrel.relation(a, b),
        }
    }
}
